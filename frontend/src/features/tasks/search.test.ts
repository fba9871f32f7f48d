import { expect, it } from 'vitest';
import { everything, ownWhere, switched, switchesOf, tasksSearch } from './search';

const of = (...conditions: unknown[][]) =>
  JSON.stringify(conditions.length === 1 ? conditions[0] : ['and', ...conditions]);

it('leaves alone what a switch does not show', () => {
  const bobs = of(['ownerId', 'is', 'bob'], ['due', 'before', '2026-12-01']);
  expect(switched(bobs, { which: 'done' })).toBe(
    of(['ownerId', 'is', 'bob'], ['state', 'is', 'done'], ['due', 'before', '2026-12-01']),
  );
  const dropped = of(['state', 'is', 'dropped']);
  expect(switched(dropped, { mine: true })).toBe(
    of(['ownerId', 'is', 'me'], ['state', 'is', 'dropped']),
  );
  const some = of(['state', 'any', ['open', 'dropped']]);
  expect(switched(some, { mine: true })).toBe(
    of(['ownerId', 'is', 'me'], ['state', 'any', ['open', 'dropped']]),
  );
});

it('says every pair of switches in one way, whichever was pressed last', () => {
  for (const mine of [true, false]) {
    for (const which of ['open', 'overdue', 'done', 'any'] as const) {
      const built = switched(undefined, { mine, which });
      expect(switchesOf(built)).toEqual({ mine, which });
      expect(switched(switched(ownWhere, { which }), { mine })).toBe(built);
      expect(switched(switched(everything, { mine }), { which })).toBe(built);
    }
  }
});

it('reads the plain words of an older address beside its filter', () => {
  const due = of(['due', 'before', '2026-12-01']);
  expect(tasksSearch({ state: 'done', where: due }).where).toBe(
    of(['ownerId', 'is', 'me'], ['state', 'is', 'done'], ['due', 'before', '2026-12-01']),
  );
  expect(tasksSearch({ where: due }).where).toBe(due);
  expect(tasksSearch({}).where).toBeUndefined();
});
