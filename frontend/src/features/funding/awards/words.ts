import type { AwardImport, AwardParty } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import type { Tone } from '@/shared/ui/Tag';

export const stateWords: Record<AwardImport['state'], string> = {
  checking: 'Being read',
  stopped: 'Not read',
  checked: 'Not imported yet',
  applying: 'Being imported',
  live: 'Imported',
  reverted: 'Reverted',
  abandoned: 'Discarded',
};

export const stateTones: Record<AwardImport['state'], Tone> = {
  checking: 'info',
  stopped: 'warn',
  checked: 'info',
  applying: 'info',
  live: 'good',
  reverted: 'mute',
  abandoned: 'mute',
};

export const kindWords: Record<NonNullable<AwardImport['kind']>, string> = {
  '360giving': '360Giving',
  iati: 'IATI',
  fts: 'EU Financial Transparency System',
};

/** How it is known which stakeholder a funder is. */
export const howWords: Record<Exclude<NonNullable<AwardParty['how']>, ''>, string> = {
  person: 'as a colleague has said',
  match: 'by number, or name and country',
};

/** "2018 – 2024", or the one year. */
export function yearsWords(first: number | undefined, last: number | undefined): string {
  if (!first || !last) return '';
  return first === last ? String(first) : `${first} – ${last}`;
}

/** What a file holds that is no award: "12 disbursements". */
export function asideWords(aside: Record<string, number>): string {
  return Object.entries(aside)
    .map(([what, n]) => `${n} ${what}`)
    .join(', ');
}

/** What an import brings: "40 new awards, 2 corrected, 3 known before". */
export function broughtWords({
  created,
  changed,
  unchanged,
}: Pick<AwardImport, 'created' | 'changed' | 'unchanged'>): string {
  return [
    created > 0 && plural(created, 'new award'),
    changed > 0 && `${changed} corrected`,
    unchanged > 0 && `${unchanged} known before`,
  ]
    .filter(Boolean)
    .join(', ');
}
