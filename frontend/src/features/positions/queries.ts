import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Position, PositionFields, Priorities, Priority } from '@/shared/api/types';
import { timelineKey } from '@/shared/tasks/queries';
import { sayUndoable } from '@/shared/ui/undo';
import { fieldsOf } from './values';

const key = ['positions'] as const;

/** Where a stakeholder stands on each priority. */
export const coursesQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'of', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}/positions', { params: { path: { id } }, signal })),
  });

export const prioritiesQuery = queryOptions({
  queryKey: ['priorities'],
  queryFn: ({ signal }) => data(api.GET('/priorities', { signal })),
  staleTime: 60_000,
});

export const readPosition = (id: string): Promise<Position> =>
  data(api.GET('/positions/{id}', { params: { path: { id } } }));

export const create = (body: PositionFields): Promise<Position> =>
  data(api.POST('/positions', { body }));

export const change = ({ id, rev }: Position, body: PositionFields): Promise<Position> =>
  data(api.PUT('/positions/{id}', { params: { path: { id }, header: ifMatch(rev) }, body }));

export function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: key }),
      client.invalidateQueries({ queryKey: timelineKey }),
    ]);
}

/** Removes what was a mistake, with a way back. */
export function useRemove() {
  const refresh = useRefresh();
  const back = useMutation({ mutationFn: create, onSuccess: refresh });
  return useMutation({
    mutationFn: ({ id, rev }: Position) =>
      data(api.DELETE('/positions/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: (_answer, position) =>
      sayUndoable('The position is removed.', () => back.mutate(fieldsOf(position))),
    onSettled: refresh,
  });
}

export const savePriorities = ({ rev }: Priorities, priorities: Priority[]) =>
  data(api.PUT('/priorities', { params: { header: ifMatch(rev) }, body: { priorities } }));

export function useRefreshPriorities() {
  const client = useQueryClient();
  const refresh = useRefresh();
  return () =>
    Promise.all([client.invalidateQueries({ queryKey: prioritiesQuery.queryKey }), refresh()]);
}
