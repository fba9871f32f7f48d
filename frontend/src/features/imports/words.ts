import type { StakeholderImport, Verdict } from '@/shared/api/types';
import type { Tone } from '@/shared/ui/Tag';

export const stateWords: Record<StakeholderImport['state'], string> = {
  uploaded: 'Being mapped',
  checking: 'Being checked',
  checked: 'Checked',
  applying: 'Being imported',
  live: 'Imported',
  reverting: 'Being reverted',
  reverted: 'Reverted',
};

export const stateTones: Record<StakeholderImport['state'], Tone> = {
  uploaded: 'mute',
  checking: 'info',
  checked: 'info',
  applying: 'info',
  live: 'good',
  reverting: 'info',
  reverted: 'mute',
};

export const verdictWords: Record<Verdict, string> = {
  create: 'Create',
  update: 'Update',
  skip: 'Skip',
  error: 'Error',
};

export const verdictTones: Record<Verdict, Tone> = {
  create: 'good',
  update: 'info',
  skip: 'mute',
  error: 'bad',
};

export const policyWords = {
  skip: 'Leave them as they are',
  fill: 'Fill in what is empty',
  overwrite: 'Let the file replace what is there',
} as const;

const fieldWords: Record<string, string> = {
  name: 'name',
  country: 'country',
  emails: 'e-mail',
  phones: 'telephone',
  roles: 'roles',
  tags: 'tags',
  website: 'website',
  notes: 'notes',
  parentId: 'organisation',
};

export const fieldWord = (field: string) => fieldWords[field] ?? field;

/** A stored value in words: lists of addresses, roles and so on, or nothing. */
export function plain(json: string): string {
  const value: unknown = JSON.parse(json);
  if (value === null || value === '') return 'nothing';
  if (!Array.isArray(value)) return typeof value === 'string' ? value : json;
  if (value.length === 0) return 'nothing';
  return value
    .map((one: unknown) => {
      if (typeof one === 'string') return one;
      if (typeof one !== 'object' || one === null) return String(one);
      const [first] = Object.values(one) as unknown[];
      return String(first);
    })
    .join(', ');
}
