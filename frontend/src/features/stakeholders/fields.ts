import type { Stakeholder, StakeholderFields } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { kindWords, roleWords, say } from '@/shared/format/words';

/** What the form edits: every field has a value, so that inputs never turn from uncontrolled. */
export type FormValues = Required<StakeholderFields>;

export const blank: FormValues = {
  kind: 'person',
  name: '',
  roles: [],
  country: '',
  emails: [],
  phones: [],
  website: '',
  tags: [],
  parentId: '',
  notes: '',
};

export function valuesOf(one: Stakeholder): FormValues {
  return {
    kind: one.kind,
    name: one.name,
    roles: one.roles,
    country: one.country ?? '',
    emails: one.emails,
    phones: one.phones,
    website: one.website ?? '',
    tags: one.tags,
    parentId: one.parentId ?? '',
    notes: one.notes ?? '',
  };
}

/** The request: rows that were added and left empty are no addresses. */
export function requestOf(values: FormValues): StakeholderFields {
  return {
    ...values,
    emails: values.emails.filter((email) => email.address.trim() !== ''),
    phones: values.phones.filter((phone) => phone.number.trim() !== ''),
  };
}

const names: Record<string, string> = {
  kind: 'Kind',
  name: 'Name',
  roles: 'Roles',
  country: 'Country',
  emails: 'Emails',
  phones: 'Phones',
  website: 'Website',
  tags: 'Tags',
  parentId: 'Part of',
  notes: 'Notes',
};

export function nameOf(field: string): string {
  return names[field] ?? field;
}

/** Whether a complaint of the API is about something this form shows. */
export function isShown(path: string): boolean {
  return (path.split('.')[0] ?? '') in names;
}

/** One value as the conflict dialog says it. */
export function showValue(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  if (Array.isArray(value)) {
    return value.length === 0 ? '–' : value.map((one) => showOne(field, one)).join(', ');
  }
  return showOne(field, value);
}

function showOne(field: string, value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value)
      .filter((part) => typeof part === 'string' && part !== '')
      .join(' ');
  }
  const word = String(value);
  if (field === 'kind') return say(kindWords, word);
  if (field === 'roles') return say(roleWords, word);
  if (field === 'country') return countryName(word);
  return word;
}
