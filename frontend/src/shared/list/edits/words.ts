import type { Deed, EditOperation, ListDescription, ListField } from '@/shared/api/types';
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
  return `${verbs[verb]} ${lowered(label)}`;
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

/** What an edit does, in one line: "Set owner “Ana”, set stage “Submitted”". */
export function sayOperations(operations: EditOperation[], deeds: Deed[], words: ValueWords) {
  const said = operations.map((one) => sayOperation(one, deeds, words));
  return said.map((one, i) => (i === 0 ? one : lowered(one))).join(', ');
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** A deed as the field that its value is of. */
export function fieldOf(deed: Deed): ListField {
  return {
    name: deed.field,
    label: deed.label,
    kind: deed.kind ?? ('word' as const),
    operators: [],
    ...(deed.of && { of: deed.of }),
    ...(deed.values && { values: deed.values }),
  };
}

/** How a field that a change names is called and said: as a deed has it, or else as the list's filter does. */
export function fieldNamed(name: string, { deeds, fields }: ListDescription): ListField {
  const deed = deeds.find((one) => one.field === name && one.kind);
  if (deed) return fieldOf(deed);
  const field = fields.find((one) => one.name === name);
  return field ?? { name, label: name, kind: 'word', operators: [] };
}

/** A value as the API's rows hold it, JSON, in words. */
export function sayJson(field: ListField, json: string, words: ValueWords): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  const list = Array.isArray(value) ? value : [value];
  const said = list
    .filter((one) => one !== null && one !== '')
    .map((one) => sayValue(field, typeof one === 'string' ? one : JSON.stringify(one), words));
  return said.join(', ') || 'nothing';
}

export const records = (n: number) => (n === 1 ? '1 record' : `${formatCount(n)} records`);
