import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Relation, RelationFields } from '@/shared/api/types';
import { sayUndoable } from '@/shared/ui/undo';
import { fieldsOf } from './values';

const key = ['relations'] as const;

/** The relations of a record, what is past among them; the closest first. */
export const relationsQuery = (stakeholder: string) =>
  queryOptions({
    queryKey: [...key, 'of', stakeholder],
    queryFn: ({ signal }) =>
      data(
        api.GET('/relations', {
          params: { query: { stakeholder, sort: '-strength,type', limit: 500 } },
          signal,
        }),
      ),
  });

export const networkQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'network', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}/network', { params: { path: { id } }, signal })),
  });

export const typesQuery = queryOptions({
  queryKey: ['relation-types'],
  queryFn: ({ signal }) => data(api.GET('/relation-types', { signal })),
  staleTime: Infinity,
});

export const readRelation = (id: string) =>
  data(api.GET('/relations/{id}', { params: { path: { id } } }));

export const create = (body: RelationFields) => data(api.POST('/relations', { body }));

export const change = ({ id, rev }: Relation, body: RelationFields) =>
  data(api.PUT('/relations/{id}', { params: { path: { id }, header: ifMatch(rev) }, body }));

export function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key });
}

/** Removes what was a mistake, with a way back. */
export function useRemove() {
  const refresh = useRefresh();
  const back = useMutation({ mutationFn: create, onSuccess: refresh });
  return useMutation({
    mutationFn: ({ id, rev }: Relation) =>
      data(api.DELETE('/relations/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: (_answer, relation) =>
      sayUndoable('The relation is removed.', () => back.mutate(fieldsOf(relation))),
    onSettled: refresh,
  });
}
