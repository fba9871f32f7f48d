import { expect, it } from 'vitest';
import { countLabel, countWords } from './countWords';

it('names a count in words', () => {
  expect(countWords('deadlinesMoved')).toBe('deadlines moved');
  expect(countLabel('deadlinesMoved')).toBe('Deadlines moved');
  expect(countWords('seen')).toBe('seen');
});
