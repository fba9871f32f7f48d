import type { Stakeholder, StakeholderFields } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import {
  dueDiligenceWords,
  kindWords,
  lawfulBasisWords,
  roleWords,
  say,
  schemeWords,
  sourceTypeWords,
} from '@/shared/format/words';

type Fields = Required<StakeholderFields>;

/** What the form edits: every field has a value, so that inputs never turn from uncontrolled. */
export interface FormValues extends Omit<Fields, 'donor' | 'igo' | 'mep' | 'movement' | 'basis'> {
  donor: { sourceType: string; policyNotes: string };
  igo: { body: string; mandate: string };
  mep: { group: string; committees: string[] };
  movement: { causes: string[] };
  basis: { lawfulBasis: string; source: string; date: string };
}

export const blank: FormValues = {
  kind: 'person',
  name: '',
  otherNames: [],
  roles: [],
  country: '',
  emails: [],
  phones: [],
  website: '',
  tags: [],
  externalIds: [],
  parentId: '',
  donor: { sourceType: '', policyNotes: '' },
  igo: { body: '', mandate: '' },
  mep: { group: '', committees: [] },
  movement: { causes: [] },
  basis: { lawfulBasis: '', source: '', date: '' },
  notes: '',
};

export function valuesOf(one: Stakeholder): FormValues {
  return {
    kind: one.kind,
    name: one.name,
    otherNames: one.otherNames ?? [],
    roles: one.roles,
    country: one.country ?? '',
    emails: one.emails,
    phones: one.phones,
    website: one.website ?? '',
    tags: one.tags,
    externalIds: one.externalIds ?? [],
    parentId: one.parentId ?? '',
    donor: { ...blank.donor, ...one.donor },
    igo: { ...blank.igo, ...one.igo },
    mep: { ...blank.mep, ...one.mep },
    movement: { ...blank.movement, ...one.movement },
    basis: { ...blank.basis, ...one.basis },
    notes: one.notes ?? '',
  };
}

/** Without the rows that were added and left empty. */
export function tidied(values: FormValues): FormValues {
  return {
    ...values,
    otherNames: values.otherNames.filter(({ name }) => name.trim() !== ''),
    emails: values.emails.filter(({ address }) => address.trim() !== ''),
    phones: values.phones.filter(({ number }) => number.trim() !== ''),
    externalIds: values.externalIds.filter(({ value }) => value.trim() !== ''),
  };
}

/** The request: details go only with the role or the kind that they belong to. */
export function requestOf(values: FormValues): StakeholderFields {
  const { donor, igo, mep, movement, basis, ...plain } = tidied(values);
  const has = (role: string) => plain.roles.includes(role);
  return {
    ...plain,
    ...filled({
      donor: has('donor') && filled(donor),
      igo: has('igo') && filled(igo),
      mep: has('mep') && filled(mep),
      movement: has('movement') && filled(movement),
      basis: plain.kind === 'person' && filled(basis),
    }),
  };
}

/** The parts of a group that have a value; undefined where none has. The API checks the words. */
function filled(group: object): object | undefined {
  const parts = Object.entries(group).filter(
    ([, part]) => part && !(Array.isArray(part) && part.length === 0),
  );
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

const names: Record<string, string> = {
  kind: 'Kind',
  name: 'Name',
  otherNames: 'Other names',
  roles: 'Roles',
  country: 'Country',
  emails: 'Emails',
  phones: 'Phones',
  website: 'Website',
  tags: 'Tags',
  externalIds: 'External ids',
  parentId: 'Part of',
  donor: 'Donor',
  igo: 'IGO',
  mep: 'MEP',
  movement: 'Movement',
  basis: 'Lawful basis',
  notes: 'Notes',
};

export function nameOf(field: string): string {
  return names[field] ?? field;
}

/** Whether a complaint of the API is about something this form shows, with what is chosen in it. */
export function isShown(
  path: string,
  { kind, roles }: Pick<FormValues, 'kind' | 'roles'>,
): boolean {
  const field = path.split('.')[0] ?? '';
  if (field === 'basis') return kind === 'person';
  if (['donor', 'igo', 'mep', 'movement'].includes(field)) return roles.includes(field);
  return field in names;
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
    const parts = (Object.values(value) as unknown[])
      .flat()
      .filter((part): part is string => typeof part === 'string' && part !== '');
    return parts.length === 0 ? '–' : parts.map((part) => saidOf(field, part)).join(', ');
  }
  const word = String(value);
  if (field === 'kind') return say(kindWords, word);
  if (field === 'roles') return say(roleWords, word);
  if (field === 'country') return countryName(word);
  return word;
}

/** A part of a group in words, where it is one of a closed list. */
function saidOf(field: string, part: string): string {
  const words: Record<string, Record<string, string>> = {
    donor: { ...sourceTypeWords, ...dueDiligenceWords },
    basis: lawfulBasisWords,
    externalIds: schemeWords,
  };
  return say(words[field] ?? {}, part);
}
