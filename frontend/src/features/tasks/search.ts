import { count, oneOf, text } from '@/shared/list/search';

export const sorts = [
  'due',
  '-due',
  'title',
  '-title',
  'updatedAt',
  '-updatedAt',
  'createdAt',
  '-createdAt',
  'doneAt',
  '-doneAt',
] as const;
export const states = ['open', 'overdue', 'done', 'any'] as const;

export interface TasksSearch {
  /** Left out: one's own. */
  whose?: 'all' | undefined;
  /** Left out: open ones. */
  state?: (typeof states)[number] | undefined;
  q?: string | undefined;
  where?: string | undefined;
  columns?: string | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
  /** The task that is open beside the list; "new" is one that is being added. */
  task?: string | undefined;
}

export function tasksSearch(raw: Record<string, unknown>): TasksSearch {
  return {
    whose: oneOf(raw, 'whose', ['all'] as const),
    state: oneOf(raw, 'state', states),
    q: text(raw, 'q'),
    where: text(raw, 'where'),
    columns: text(raw, 'columns'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
    task: text(raw, 'task'),
  };
}
