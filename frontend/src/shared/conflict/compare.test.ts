import { expect, it } from 'vitest';
import { differences, keepMine } from './compare';

const base = { name: 'A', country: 'BE', tags: ['x'], notes: '' };
const mine = { ...base, name: 'Mine', notes: 'my note' };
const theirs = { ...base, name: 'Theirs', country: 'LU' };

it('shows what they changed and where both did', () => {
  expect(differences(base, mine, theirs)).toEqual([
    { field: 'name', before: 'A', theirs: 'Theirs', mine: 'Mine', clash: true },
    { field: 'country', before: 'BE', theirs: 'LU', mine: 'BE', clash: false },
  ]);
});

it('is no clash when both wrote the same, and no change when a field stays empty', () => {
  expect(differences(base, { ...base, name: 'B' }, { ...base, name: 'B' })[0]?.clash).toBe(false);
  const empty: { notes?: string; tags: string[] } = { tags: [] };
  expect(differences(empty, empty, { notes: '', tags: [] })).toEqual([]);
});

it('keeps mine without undoing what I did not touch', () => {
  expect(keepMine(base, mine, theirs)).toEqual({
    name: 'Mine',
    country: 'LU',
    tags: ['x'],
    notes: 'my note',
  });
});
