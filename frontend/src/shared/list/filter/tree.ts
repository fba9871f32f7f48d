import type { ListField, ListOperator } from '@/shared/api/types';

/** How the conditions of a group go together. */
export type Word = 'all' | 'any' | 'none' | 'notAll';

/** A condition as it is being edited; it may still be incomplete. */
export interface Leaf {
  key: string;
  field: string;
  op: string;
  values: string[];
}
export interface Group {
  key: string;
  word: Word;
  parts: Node[];
}
export type Node = Leaf | Group;

export const isGroup = (node: Node): node is Group => 'parts' in node;

let made = 0;
/** A key for React; it never leaves the browser. */
const nextKey = () => `n${++made}`;

export const newLeaf = (field?: ListField): Leaf => ({
  key: nextKey(),
  field: field?.name ?? '',
  op: field?.operators[0]?.op ?? '',
  values: [],
});
export const newGroup = (word: Word, parts: Node[] = []): Group => ({
  key: nextKey(),
  word,
  parts,
});

const words: Record<string, Word> = { and: 'all', or: 'any' };

/** Reads the API's form of a filter; a group without parts where there is none, or one nobody can read. */
export function readFilter(where: string | undefined): Group {
  if (!where) return newGroup('all');
  let json: unknown;
  try {
    json = JSON.parse(where);
  } catch {
    return newGroup('all');
  }
  const node = readNode(json);
  if (!node) return newGroup('all');
  return isGroup(node) ? node : newGroup('all', [node]);
}

function readNode(json: unknown): Node | undefined {
  if (!Array.isArray(json) || typeof json[0] !== 'string') return undefined;
  const [head, ...rest] = json as [string, ...unknown[]];
  const word = words[head];
  if (word)
    return newGroup(
      word,
      rest.map(readNode).filter((one) => one !== undefined),
    );
  if (head === 'not') return negated(readNode(rest[0]));
  const value: unknown = rest[1];
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return { key: nextKey(), field: head, op: String(rest[0]), values: values.map(String) };
}

function negated(node: Node | undefined): Node | undefined {
  if (!node) return undefined;
  if (!isGroup(node)) return newGroup('none', [node]);
  const opposite: Record<Word, Word> = { all: 'notAll', any: 'none', none: 'any', notAll: 'all' };
  return { ...node, word: opposite[node.word] };
}

/** Writes the API's form, without what is incomplete; undefined where nothing is left. */
export function writeFilter(root: Node, fields: ListField[]): string | undefined {
  const json = writeNode(root, fields);
  return json && JSON.stringify(json);
}

function writeNode(node: Node, fields: ListField[]): unknown[] | undefined {
  if (!isGroup(node)) return writeLeaf(node, fields);
  const parts = node.parts.map((one) => writeNode(one, fields)).filter((one) => one !== undefined);
  if (parts.length === 0) return undefined;
  const negative = node.word === 'none' || node.word === 'notAll';
  const head = node.word === 'any' || node.word === 'none' ? 'or' : 'and';
  const positive = parts.length === 1 && parts[0] ? parts[0] : [head, ...parts];
  return negative ? ['not', positive] : positive;
}

function writeLeaf({ field, op, values }: Leaf, fields: ListField[]): unknown[] | undefined {
  const about = fields.find((one) => one.name === field);
  const operator = about?.operators.find((one) => one.op === op);
  if (!about || !operator) return undefined;
  if (operator.takes === 'none') return [field, op];
  const typed = values.filter((one) => one.trim() !== '').map((one) => typedValue(about, one));
  if (typed.length === 0) return undefined;
  return [field, op, typed.length > 1 ? typed : typed[0]];
}

function typedValue({ kind }: ListField, value: string): string | number | boolean {
  if (kind === 'yesNo') return value === 'true';
  if (kind === 'number' && /^-?\d+$/.test(value.trim())) return Number(value);
  // "1,000,000.50" as the screen writes it, and "49,90" as others do
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(value.trim());
  const typed = grouped ? value.trim().replaceAll(',', '') : value.trim().replace(',', '.');
  if (kind === 'amount' && /^-?\d+(\.\d{1,2})?$/.test(typed)) return Number(typed);
  return value.trim();
}

/** How many values an operator of a field takes; unknown ones take one. */
export function operatorOf(fields: ListField[], leaf: Leaf): ListOperator | undefined {
  return fields.find((one) => one.name === leaf.field)?.operators.find((one) => one.op === leaf.op);
}

/** The tree with one node replaced; undefined removes it. */
export function replaced(root: Group, key: string, node: Node | undefined): Group {
  const parts = root.parts.flatMap((one) => {
    if (one.key === key) return node ? [node] : [];
    return [isGroup(one) ? replaced(one, key, node) : one];
  });
  return { ...root, parts };
}

/** The API's form of one condition, for links into a list. */
export function conditionOf(field: string, op: string, value: string): string {
  return JSON.stringify([field, op, value]);
}
