import { textOf, valueOf, whereOf, withConditions } from '@/shared/list/filter/conditions';
import { count, oneOf, text } from '@/shared/list/search';
import type { ListState } from '@/shared/list/views/state';

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
type Which = (typeof states)[number];

/** Whose tasks the switches above the list say, and which. */
export interface Switches {
  mine: boolean;
  which: Which;
}

export interface TasksSearch extends ListState {
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
  /** The task that is open beside the list; "new" is one that is being added. */
  task?: string | undefined;
}

/** A list that nothing narrows has to say so, as it has a filter of its own. */
export const everything = whereOf([['state', 'any', ['open', 'done', 'dropped']]]);

/**
 * The filter with a switch set. What else narrows the list stays as it is: the owner that somebody chose when one asks for
 * all, and the states while one chooses whose tasks they are.
 */
export function switched(where: string | undefined, { mine, which }: Partial<Switches>) {
  const owner = textOf(where, 'ownerId', 'is');
  const theirs = owner === 'me' ? undefined : owner;
  const anyOf = valueOf(where, 'state', 'any');
  const some = whereOf([['state', 'any', anyOf]]) === everything ? undefined : anyOf;
  const whose = mine === undefined ? owner : mine ? 'me' : theirs;
  const next = withConditions(
    where,
    which === undefined
      ? [
          ['ownerId', 'is', whose],
          ['state', 'is', valueOf(where, 'state', 'is')],
          ['state', 'any', some],
          ['overdue', 'is', valueOf(where, 'overdue', 'is')],
        ]
      : [
          ['ownerId', 'is', whose],
          ['state', 'is', which === 'open' || which === 'done' ? which : undefined],
          ['state', 'any', undefined],
          ['overdue', 'is', which === 'overdue' ? true : undefined],
        ],
  );
  return next ?? everything;
}

/** The filter that the list has where the address says none: one's own open tasks. */
export const ownWhere = switched(undefined, { mine: true, which: 'open' });

export function switchesOf(where: string | undefined): Switches {
  const state = textOf(where, 'state', 'is');
  const late = valueOf(where, 'overdue', 'is') === true;
  return {
    mine: textOf(where, 'ownerId', 'is') === 'me',
    which: late ? 'overdue' : state === 'open' || state === 'done' ? state : 'any',
  };
}

export function tasksSearch(raw: Record<string, unknown>): TasksSearch {
  return {
    view: text(raw, 'view'),
    q: text(raw, 'q'),
    where: meant(raw),
    columns: text(raw, 'columns'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
    task: text(raw, 'task'),
  };
}

/** The filter, with the plain words that people write into an address by hand, and that older addresses have. */
function meant(raw: Record<string, unknown>): string | undefined {
  const where = text(raw, 'where');
  const whose = oneOf(raw, 'whose', ['all'] as const);
  const which = oneOf(raw, 'state', states);
  return whose || which ? switched(where, { mine: !whose, which: which ?? 'open' }) : where;
}
