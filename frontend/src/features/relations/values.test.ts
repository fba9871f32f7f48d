import { expect, it } from 'vitest';
import type { Relation, RelationType } from '@/shared/api/types';
import { fieldsOf, phrasesOf, requestOf, seenFrom, valuesFor } from './values';

const type = (name: string, more: Partial<RelationType> = {}): RelationType => ({
  name,
  label: `${name} forth`,
  back: `${name} back`,
  symmetric: false,
  subjects: ['organisation'],
  objects: ['organisation', 'person'],
  ...more,
});
const types = [
  type('funds'),
  type('works-with', { symmetric: true, subjects: ['person', 'organisation'] }),
  type('successor-of', { sameKind: true, objects: ['organisation', 'seat'] }),
];
const relation = (more: Partial<Relation>) =>
  ({
    type: 'funds',
    subjectId: 'a',
    objectId: 'b',
    strength: 3,
    source: 'Site',
    ...more,
  }) as Relation;

it('offers what may be said of a kind, in both directions, symmetric ones once', () => {
  expect(phrasesOf(types, 'organisation').map(({ label }) => label)).toEqual([
    'funds forth',
    'funds back',
    'works-with forth',
    'successor-of forth',
    'successor-of back',
  ]);
  expect(phrasesOf(types, 'person').map(({ label }) => label)).toEqual([
    'funds back',
    'works-with forth',
  ]);
});

it('looks for the other end among the kinds that it may be of', () => {
  const kinds = Object.fromEntries(
    phrasesOf(types, 'organisation').map(({ label, kinds }) => [label, kinds]),
  );
  expect(kinds['funds forth']).toEqual(['organisation', 'person']);
  expect(kinds['funds back']).toEqual(['organisation']);
  expect(kinds['successor-of forth']).toEqual(['organisation']);
});

it('sends each end to its side, whichever page one is on', () => {
  for (const id of ['a', 'b'])
    expect(requestOf(id, valuesFor(id, types)(relation({})))).toEqual(fieldsOf(relation({})));
  const swapped = requestOf('b', valuesFor('b', types)(relation({ type: 'works-with' })));
  expect(swapped).toMatchObject({ type: 'works-with', subjectId: 'b', objectId: 'a' });
});

it('reads a relation from the page that one is on', () => {
  const ends = { subject: { id: 'a', name: 'A' }, object: { id: 'b', name: 'B' } };
  expect(seenFrom('a', relation(ends), types)).toMatchObject({
    words: 'funds forth',
    other: { name: 'B' },
  });
  expect(seenFrom('b', relation(ends), types)).toMatchObject({
    words: 'funds back',
    other: { name: 'A' },
  });
});
