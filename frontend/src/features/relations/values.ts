import type { Relation, RelationFields, RelationType, StakeholderKind } from '@/shared/api/types';

/** A type as it is said from the page that one is on: "funds", or back "is funded by". */
export interface Phrase {
  /** The type and the side that the page is on. */
  value: string;
  label: string;
  /** What the other end may be. */
  kinds: StakeholderKind[];
}

const forth = (type: string) => `${type}/subject`;
const backOf = (type: string) => `${type}/object`;

/** Everything that can be said of a stakeholder of some kind. */
export function phrasesOf(types: RelationType[], kind: StakeholderKind): Phrase[] {
  const other = (type: RelationType, kinds: StakeholderKind[]) => (type.sameKind ? [kind] : kinds);
  return types.flatMap((type) => {
    const { name, label, back, subjects, objects, symmetric } = type;
    return [
      ...(subjects.includes(kind)
        ? [{ value: forth(name), label, kinds: other(type, objects) }]
        : []),
      ...(objects.includes(kind) && !symmetric
        ? [{ value: backOf(name), label: back, kinds: other(type, subjects) }]
        : []),
    ];
  });
}

/** What the page says of a relation, and whom it says it of. */
export function seenFrom(id: string, relation: Relation, types: RelationType[]) {
  const type = types.find(({ name }) => name === relation.type);
  return relation.subjectId === id
    ? { words: type?.label ?? relation.type, other: relation.object }
    : { words: type?.back ?? relation.type, other: relation.subject };
}

export interface RelationValues {
  how: string;
  otherId: string;
  from: string;
  to: string;
  /** "0" where nobody has said. */
  strength: string;
  source: string;
  note: string;
}

export const blank: RelationValues = {
  how: '',
  otherId: '',
  from: '',
  to: '',
  strength: '0',
  source: '',
  note: '',
};

/** A symmetric relation is the same from both ends, so it is always read from the subject's. */
export function valuesFor(id: string, types: RelationType[]) {
  return (relation: Relation): RelationValues => {
    const { type, subjectId, objectId, from = '', to = '', strength = 0 } = relation;
    const symmetric = types.find(({ name }) => name === type)?.symmetric ?? false;
    return {
      how: symmetric || subjectId === id ? forth(type) : backOf(type),
      otherId: subjectId === id ? objectId : subjectId,
      from,
      to,
      strength: String(strength),
      source: relation.source ?? '',
      note: relation.note ?? '',
    };
  };
}

export function requestOf(id: string, values: RelationValues): RelationFields {
  const [type = '', side] = values.how.split('/');
  const { otherId, strength, from, to, source, note } = values;
  return {
    type,
    subjectId: side === 'object' ? otherId : id,
    objectId: side === 'object' ? id : otherId,
    strength: Number(strength),
    ...filled({ from, to, source, note }),
  };
}

export const fieldsOf = (relation: Relation): RelationFields => {
  const { type, subjectId, objectId, strength = 0, from, to, source, note } = relation;
  return { type, subjectId, objectId, strength, ...filled({ from, to, source, note }) };
};

function filled(texts: Record<string, string | undefined>) {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text?.trim()));
}

const meanings: Record<number, string> = { 1: 'loose', 3: 'regular', 5: 'close' };

/** "4", or "5, close": a number of five is followed by what it means, where a word says it. */
const withMeaning = (n: number, said: string) => [said, meanings[n]].filter(Boolean).join(', ');

/** What one chooses from, at the index of its strength. */
export const strengthWords = [
  'Nobody has said',
  ...[1, 2, 3, 4, 5].map((n) => withMeaning(n, String(n))),
];

export const sayStrength = (n: number) => withMeaning(n, `Strength: ${n} of 5`);

const names: Record<string, string> = {
  how: 'What it is',
  otherId: 'With whom',
  from: 'From',
  to: 'Until',
  strength: 'Strength',
  source: 'Source',
  note: 'Note',
};
export const nameOf = (field: string) => names[field] ?? field;

/** The input that a complaint of the API about a field belongs to. */
export const fieldOf = (path: string) =>
  ({ type: 'how', subjectId: 'otherId', objectId: 'otherId' })[path] ?? path;
