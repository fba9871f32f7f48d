import { expect, it } from 'vitest';
import { textOf, valueOf, whereOf, withCondition } from './conditions';

it.each([
  [undefined, ['year', 'is', 2025], '["year","is",2025]'],
  ['["year","is",2024]', ['year', 'is', 2025], '["year","is",2025]'],
  ['["year","is",2024]', ['year', 'is', undefined], undefined],
  ['["year","is",2024]', ['fund', 'is', 'A'], '["and",["year","is",2024],["fund","is","A"]]'],
  ['["and",["a","is","x"],["b","empty"]]', ['a', 'is', undefined], '["b","empty"]'],
  // What was put together otherwise stays one condition beside the new one.
  [
    '["or",["year","is",2024],["b","empty"]]',
    ['year', 'is', 2025],
    '["and",["or",["year","is",2024],["b","empty"]],["year","is",2025]]',
  ],
  ['nonsense', ['year', 'is', 2025], '["year","is",2025]'],
] as const)('sets in %s the condition %j', (where, [field, op, value], want) => {
  expect(withCondition(where, [field, op, value])).toBe(want);
});

it('reads only what must be met', () => {
  const both = '["and",["state","any",["open"]],["year","is",2025]]';
  expect(valueOf(both, 'state', 'any')).toEqual(['open']);
  expect(textOf(both, 'year', 'is')).toBe('2025');
  expect(textOf(both, 'year', 'atLeast')).toBeUndefined();
  expect(textOf('["or",["year","is",2025],["fund","empty"]]', 'year', 'is')).toBeUndefined();
});

it('leaves out conditions without a value, but not those that need none', () => {
  expect(whereOf([['year', 'is', undefined]])).toBeUndefined();
  expect(whereOf([['fund', 'empty']])).toBe('["fund","empty"]');
});
