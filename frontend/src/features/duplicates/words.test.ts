import { expect, it } from 'vitest';
import { countWords, nameOf, pieces } from './words';

it('names a field that it does not know', () => {
  expect(nameOf('parentId')).toBe('Part of');
  expect(nameOf('sourceType')).toBe('Source type');
});

it('shows lists of objects piece by piece', () => {
  expect(pieces([{ address: 'a@b.org', label: 'work' }, { address: 'c@d.org' }])).toEqual([
    'a@b.org, work',
    'c@d.org',
  ]);
  expect(pieces(undefined)).toEqual([]);
  expect(pieces(true)).toEqual(['Yes']);
});

it('counts in words', () => {
  expect(
    countWords([
      { what: 'messages', count: 1500 },
      { what: 'income lines', count: 3 },
    ]),
  ).toBe('1,500 messages, 3 income lines');
});
