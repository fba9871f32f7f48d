import type { Deed, EditOperation } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { sayValue, type ValueWords } from '../filter/words';

const verbs: Record<Deed['verb'], string> = {
  set: 'Set',
  add: 'Add',
  remove: 'Remove',
  move: 'Move',
};

/** What a deed is called where one is chosen: "Add: tag". */
export function sayDeed({ verb, label }: Deed): string {
  return `${verbs[verb]} ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** An operation in words: "Add tag “key”". */
export function sayOperation(
  { do: name, value }: EditOperation,
  deeds: Deed[],
  words: ValueWords,
): string {
  const deed = deeds.find((one) => one.do === name);
  if (!deed) return name;
  if (!deed.kind) return sayDeed(deed);
  if (!value) return `Clear ${deed.label.toLowerCase()}`;
  return `${sayDeed(deed)} “${sayValue(fieldOf(deed), value, words)}”`;
}

/** A deed as the field that its value is of. */
export function fieldOf(deed: Deed) {
  return {
    name: deed.field,
    label: deed.label,
    kind: deed.kind ?? ('word' as const),
    operators: [],
    ...(deed.of && { of: deed.of }),
    ...(deed.values && { values: deed.values }),
  };
}

/** A value as the API's rows hold it, JSON, in words. */
export function sayJson(field: string, json: string, deeds: Deed[], words: ValueWords): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  const list = Array.isArray(value) ? value : [value];
  const deed = deeds.find((one) => one.field === field && one.kind);
  const said = list
    .filter((one) => one !== null && one !== '')
    .map((one) => (deed ? sayValue(fieldOf(deed), String(one), words) : String(one)));
  return said.join(', ') || 'nothing';
}

export const records = (n: number) => (n === 1 ? '1 record' : `${formatCount(n)} records`);
