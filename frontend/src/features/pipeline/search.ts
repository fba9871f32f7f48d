import type { Stage } from '@/shared/api/types';
import { whereOf } from '@/shared/list/filter/conditions';
import { count, date, manyOf, oneOf, text, yes } from '@/shared/list/search';
import type { ListState } from '@/shared/list/views/state';

export const stages = [
  'prospect',
  'cultivation',
  'conceptNote',
  'proposal',
  'submitted',
  'awarded',
  'declined',
  'withdrawn',
] as const satisfies Stage[];

export const sorts = [
  'title',
  '-title',
  'stage',
  '-stage',
  'probability',
  '-probability',
  'deadline',
  '-deadline',
  'decision',
  '-decision',
  'ask',
  '-ask',
  'since',
  '-since',
] as const;

/** What narrows the board and the table alike. */
export type PipelineFilter = Pick<ListState, 'q' | 'where'>;

export interface PipelineSearch extends ListState {
  as?: 'table' | undefined;
  /** The column that a phone shows. */
  column?: Stage | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function pipelineSearch(raw: Record<string, unknown>): PipelineSearch {
  const view = text(raw, 'view');
  // "view=table" stands in older links.
  const isOld = view === 'table';
  return {
    as: isOld ? 'table' : oneOf(raw, 'as', ['table']),
    column: oneOf(raw, 'column', stages),
    view: isOld ? undefined : view,
    q: text(raw, 'q'),
    where: text(raw, 'where') ?? meant(raw),
    columns: text(raw, 'columns'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}

/** The filter that plain words mean, as people write them into an address by hand. */
function meant(raw: Record<string, unknown>): string | undefined {
  return whereOf([
    ['stage', 'any', manyOf(raw, 'stage', stages)],
    ['open', 'is', yes(raw, 'open')],
    ...['ownerId', 'donorId', 'programme'].map((key) => [key, 'is', text(raw, key)]),
    ['decision', 'from', date(raw, 'decisionFrom')],
    ['decision', 'until', date(raw, 'decisionTo')],
  ]);
}

/** The order of the table; found by words, the best is the server's. */
export const sortOf = ({ sort, q }: PipelineSearch) =>
  sort ?? (q ? undefined : ('deadline' as const));

/** A new opportunity may begin with a call or a donor. */
export interface NewSearch {
  call?: string | undefined;
  donor?: string | undefined;
}

export function newSearch(raw: Record<string, unknown>): NewSearch {
  return { call: text(raw, 'call'), donor: text(raw, 'donor') };
}
