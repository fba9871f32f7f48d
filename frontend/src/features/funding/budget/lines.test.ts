import { describe, expect, test } from 'vitest';
import { bodyOf, centsOf, totalOf, typedOf } from './lines';

const line = { projectId: 'p', fundId: 'f', category: 'Staff', cents: 123_456_789 };

describe('lines of a budget', () => {
  test('come back as they were', () => {
    expect(bodyOf(typedOf(line))).toEqual(line);
    const bare = { projectId: 'p', category: 'Staff', cents: 7 };
    expect(bodyOf(typedOf(bare))).toEqual(bare);
  });

  test.each([
    ['1,234.56', 123_456],
    [1234.56, 123_456],
    [0.29, 29],
    ['', 0],
  ])('%s is %i cents', (figure, cents) => {
    expect(centsOf({ ...typedOf(line), figure })).toBe(cents);
  });

  test('add up', () => {
    expect(totalOf([line, { cents: 211 }])).toBe(123_457_000);
    expect(totalOf([])).toBe(0);
  });
});
