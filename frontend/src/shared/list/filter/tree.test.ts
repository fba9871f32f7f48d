import { expect, it } from 'vitest';
import type { ListField } from '@/shared/api/types';
import { readFilter, replaced, writeFilter } from './tree';
import { sayNode } from './words';

const fields: ListField[] = [
  {
    name: 'roles',
    label: 'Role',
    kind: 'choices',
    operators: [
      { op: 'has', takes: 'many' },
      { op: 'empty', takes: 'none' },
    ],
    values: ['donor', 'igo'],
  },
  {
    name: 'country',
    label: 'Country',
    kind: 'word',
    of: 'country',
    operators: [{ op: 'is', takes: 'one' }],
  },
  { name: 'size', label: 'Size', kind: 'number', operators: [{ op: 'atLeast', takes: 'one' }] },
  { name: 'private', label: 'Private', kind: 'yesNo', operators: [{ op: 'is', takes: 'one' }] },
];

it.each([
  '["country","is","BE"]',
  '["roles","empty"]',
  '["roles","has",["donor","igo"]]',
  '["and",["country","is","BE"],["roles","has","donor"]]',
  '["not",["or",["country","is","BE"],["size","atLeast",7]]]',
  '["not",["and",["private","is",true],["private","is",false]]]',
  '["and",["or",["country","is","BE"],["country","is","FR"]],["not",["roles","has","donor"]]]',
])('reads %s and writes the same', (where) => {
  expect(writeFilter(readFilter(where), fields)).toBe(where);
});

it.each(['', 'nonsense', '{}', '[]', '[1,2]', '["and"]', 'null'])(
  'finds no filter in %j',
  (where) => {
    expect(writeFilter(readFilter(where), fields)).toBeUndefined();
  },
);

it('leaves out what is incomplete', () => {
  const where = '["and",["country","is",""],["nowhere","is","x"],["roles","has","donor"]]';
  expect(writeFilter(readFilter(where), fields)).toBe('["roles","has","donor"]');
});

it('takes a condition out of a group within a group', () => {
  const root = readFilter(
    '["and",["roles","empty"],["or",["country","is","BE"],["size","atLeast",7]]]',
  );
  const inner = root.parts[1];
  const key = inner && 'parts' in inner ? inner.parts[0]?.key : undefined;
  expect(writeFilter(replaced(root, key ?? '', undefined), fields)).toBe(
    '["and",["roles","empty"],["size","atLeast",7]]',
  );
});

it('says a filter as people do', () => {
  const root = readFilter(
    '["and",["roles","has",["donor","igo"]],["not",["or",["country","is","BE"],["private","is",true]]]]',
  );
  const words = {
    words: { roles: { donor: 'Donor', igo: 'IGO' } },
    names: new Map<string, string>(),
  };
  expect(sayNode(root, fields, words)).toBe(
    'Role is Donor or IGO and (not (Country is Belgium or Private is yes))',
  );
});
