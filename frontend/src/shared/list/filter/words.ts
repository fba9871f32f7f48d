import type { ListField } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatDate } from '@/shared/format/date';
import { formatCount } from '@/shared/format/number';
import { say } from '@/shared/format/words';
import { isGroup, type Node, type Word } from './tree';

export const opWords: Record<string, string> = {
  is: 'is',
  isNot: 'is not',
  any: 'is one of',
  contains: 'contains',
  before: 'before',
  after: 'after',
  from: 'from',
  until: 'until',
  atLeast: 'at least',
  atMost: 'at most',
  has: 'is',
  hasNot: 'is not',
  empty: 'is empty',
  notEmpty: 'is filled in',
};

export const groupWords: Record<Word, string> = {
  all: 'all of these',
  any: 'any of these',
  none: 'none of these',
  notAll: 'not all of these',
};

/** What a list knows about saying its values: the words of closed sets by field, and names by id. */
export interface ValueWords {
  words: Record<string, Record<string, string>>;
  names: Map<string, string>;
}

export function sayValue(field: ListField, value: string, { words, names }: ValueWords): string {
  if (field.kind === 'yesNo') return value === 'true' ? 'yes' : 'no';
  if (field.kind === 'day' || field.kind === 'moment') return formatDate(value) || value;
  if (field.kind === 'amount') return formatCount(Number(value));
  if (field.of === 'country') return countryName(value);
  if (field.of === 'account' && value === 'me') return 'me';
  if (field.of) return names.get(value) ?? '…';
  return say(words[field.name] ?? {}, value);
}

/** A condition as people say it: "Role is Donor or IGO". */
export function sayNode(node: Node, fields: ListField[], words: ValueWords): string {
  if (isGroup(node)) {
    const joint = node.word === 'any' || node.word === 'none' ? ' or ' : ' and ';
    const parts = node.parts.map((one) =>
      isGroup(one) && one.parts.length > 1
        ? `(${sayNode(one, fields, words)})`
        : sayNode(one, fields, words),
    );
    const text = parts.join(joint);
    return node.word === 'none' || node.word === 'notAll' ? `not (${text})` : text;
  }
  const field = fields.find((one) => one.name === node.field);
  if (!field) return node.field;
  const values = node.values.map((one) => sayValue(field, one, words)).join(' or ');
  return [field.label, say(opWords, node.op), values].filter(Boolean).join(' ');
}

/** The ids that the conditions mention, whose names have to be asked for. */
export function idsIn(node: Node, fields: ListField[], of: string[]): string[] {
  if (isGroup(node)) return node.parts.flatMap((one) => idsIn(one, fields, of));
  const field = fields.find((one) => one.name === node.field);
  return field?.of && of.includes(field.of) ? node.values.filter(Boolean) : [];
}
