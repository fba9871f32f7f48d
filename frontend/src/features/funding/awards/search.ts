import { count, oneOf, text } from '@/shared/list/search';

export const funderSorts = [
  '-worth',
  'worth',
  'name',
  '-name',
  '-awards',
  'awards',
  '-lastYear',
  'lastYear',
] as const;

export const awardSorts = ['-date', 'date', '-amount', 'amount'] as const;

export interface FundersSearch {
  q?: string | undefined;
  linked?: 'yes' | 'no' | undefined;
  sort?: (typeof funderSorts)[number] | undefined;
  rows?: number | undefined;
}

export function fundersSearch(raw: Record<string, unknown>): FundersSearch {
  return {
    q: text(raw, 'q'),
    linked: oneOf(raw, 'linked', ['yes', 'no']),
    sort: oneOf(raw, 'sort', funderSorts),
    rows: count(raw, 'rows'),
  };
}

/** What narrows the awards on the page of a funder. */
export interface FunderSearch {
  q?: string | undefined;
  year?: number | undefined;
  country?: string | undefined;
  sort?: (typeof awardSorts)[number] | undefined;
  rows?: number | undefined;
}

export function funderSearch(raw: Record<string, unknown>): FunderSearch {
  return {
    q: text(raw, 'q'),
    year: count(raw, 'year'),
    country: text(raw, 'country'),
    sort: oneOf(raw, 'sort', awardSorts),
    rows: count(raw, 'rows'),
  };
}
