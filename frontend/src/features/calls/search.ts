import type { CallState } from '@/shared/api/types';
import { count, date, manyOf, oneOf, text } from '@/shared/list/search';
import { whereOf } from '@/shared/list/filter/conditions';
import type { ListState } from '@/shared/list/views/state';

export const sorts = [
  'deadline',
  '-deadline',
  'opens',
  '-opens',
  'title',
  '-title',
  'changedAt',
  '-changedAt',
  '-updatedAt',
] as const;
export const states = ['open', 'forthcoming', 'closed', 'unknown'] as const satisfies CallState[];

/** What one may still apply to; the list starts with these. */
export const currentStates: CallState[] = ['open', 'forthcoming'];

const inStates = (states: readonly CallState[]) => ['state', 'any', [...states]];

/** The filter that the list has where the address says none. */
export const ownWhere = whereOf([inStates(currentStates)]);

export const callsIn = (states: readonly CallState[]) => whereOf([inStates(states)]);

/** Calls of a programme that one may still apply to. */
export const callsOf = (programme: string) =>
  whereOf([inStates(currentStates), ['programme', 'is', programme]]);

export interface CallsSearch extends ListState {
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function callsSearch(raw: Record<string, unknown>): CallsSearch {
  return {
    view: text(raw, 'view'),
    q: text(raw, 'q'),
    where: text(raw, 'where') ?? meant(raw),
    columns: text(raw, 'columns'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}

/** The filter that plain words mean, as people write them into an address by hand. */
function meant(raw: Record<string, unknown>): string | undefined {
  const wanted = manyOf(raw, 'state', states);
  const others = [
    ['programme', 'is', text(raw, 'programme')],
    ['deadline', 'from', date(raw, 'deadline_after')],
    ['deadline', 'until', date(raw, 'deadline_before')],
    ['changedAt', 'from', date(raw, 'changed_after')],
  ];
  if (!wanted && !whereOf(others)) return undefined;
  return whereOf([inStates(wanted ?? currentStates), ...others]);
}
