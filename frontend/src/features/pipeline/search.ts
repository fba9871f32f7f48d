import type { Stage } from '@/shared/api/types';
import { count, date, manyOf, oneOf, text, yes } from '@/shared/list/search';

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
export interface PipelineFilter {
  q?: string | undefined;
  stage?: Stage[] | undefined;
  open?: true | undefined;
  /** An account, or me. */
  ownerId?: string | undefined;
  donorId?: string | undefined;
  programme?: string | undefined;
  decisionFrom?: string | undefined;
  decisionTo?: string | undefined;
}

export interface PipelineSearch extends PipelineFilter {
  view?: 'table' | undefined;
  /** The column that a phone shows. */
  column?: Stage | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function pipelineSearch(raw: Record<string, unknown>): PipelineSearch {
  return {
    view: oneOf(raw, 'view', ['table']),
    column: oneOf(raw, 'column', stages),
    q: text(raw, 'q'),
    stage: manyOf(raw, 'stage', stages),
    open: yes(raw, 'open'),
    ownerId: text(raw, 'ownerId'),
    donorId: text(raw, 'donorId'),
    programme: text(raw, 'programme'),
    decisionFrom: date(raw, 'decisionFrom'),
    decisionTo: date(raw, 'decisionTo'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}

/** The filter alone, as the API takes it. */
export function filterOf(search: PipelineSearch): PipelineFilter {
  const { q, stage, open, ownerId, donorId, programme, decisionFrom, decisionTo } = search;
  return { q, stage, open, ownerId, donorId, programme, decisionFrom, decisionTo };
}

/** A new opportunity may begin with a call or a donor. */
export interface NewSearch {
  call?: string | undefined;
  donor?: string | undefined;
}

export function newSearch(raw: Record<string, unknown>): NewSearch {
  return { call: text(raw, 'call'), donor: text(raw, 'donor') };
}
