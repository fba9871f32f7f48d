import type { Affiliation, AffiliationFields } from '@/shared/api/types';

export interface PostValues {
  personId: string;
  atId: string;
  title: string;
  from: string;
  to: string;
  primary: boolean;
  note: string;
}

export const blank: PostValues = {
  personId: '',
  atId: '',
  title: '',
  from: '',
  to: '',
  primary: false,
  note: '',
};

export function valuesOf(post: Affiliation): PostValues {
  const { personId, atId, title = '', from = '', to = '', primary = false, note = '' } = post;
  return { personId, atId, title, from, to, primary, note };
}

/** What is sent: what is empty is left out. */
export function requestOf({ personId, atId, primary, ...texts }: PostValues): AffiliationFields {
  return {
    personId,
    atId,
    primary,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
  };
}

const names: Record<string, string> = {
  personId: 'Person',
  atId: 'At',
  title: 'Title',
  from: 'From',
  to: 'Until',
  primary: 'Main post',
  note: 'Note',
};

export const nameOf = (field: string) => names[field] ?? field;
