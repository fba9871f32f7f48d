import { count, oneOf, text, yes } from '@/shared/list/search';

export const states = ['open', 'decided', 'expired', 'replaced'] as const;
export const outcomes = ['accept', 'conditions', 'refuse'] as const;
export const sorts = [
  '-openedOn',
  'openedOn',
  'name',
  '-name',
  'expiresOn',
  '-expiresOn',
  '-decidedOn',
  'decidedOn',
] as const;

export interface CasesSearch {
  q?: string | undefined;
  state?: (typeof states)[number] | undefined;
  outcome?: (typeof outcomes)[number] | undefined;
  /** Decided, and run out soon. */
  runsOut?: true | undefined;
  /** A second person has to look at them. */
  waiting?: true | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function casesSearch(raw: Record<string, unknown>): CasesSearch {
  return {
    q: text(raw, 'q'),
    state: oneOf(raw, 'state', states),
    outcome: oneOf(raw, 'outcome', outcomes),
    runsOut: yes(raw, 'runsOut'),
    waiting: yes(raw, 'waiting'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}
