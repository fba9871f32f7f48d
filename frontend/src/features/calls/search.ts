import type { CallState } from '@/shared/api/types';
import { count, date, manyOf, oneOf, text } from '@/shared/list/search';

export const sorts = [
  'deadline',
  '-deadline',
  'opens',
  '-opens',
  'title',
  '-title',
  '-updatedAt',
] as const;
export const states = ['open', 'forthcoming', 'closed', 'unknown'] as const satisfies CallState[];

/** What one may still apply to; the list starts with these. */
export const currentStates: CallState[] = ['open', 'forthcoming'];

export interface CallsSearch {
  q?: string | undefined;
  /** Left out of the address, it means the current ones. */
  state?: CallState[] | undefined;
  programme?: string | undefined;
  sourceId?: string | undefined;
  deadline_after?: string | undefined;
  deadline_before?: string | undefined;
  changed_after?: string | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function callsSearch(raw: Record<string, unknown>): CallsSearch {
  return {
    q: text(raw, 'q'),
    state: manyOf(raw, 'state', states),
    programme: text(raw, 'programme'),
    sourceId: text(raw, 'sourceId'),
    deadline_after: date(raw, 'deadline_after'),
    deadline_before: date(raw, 'deadline_before'),
    changed_after: date(raw, 'changed_after'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}
