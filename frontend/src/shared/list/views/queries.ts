import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { ListName, View } from '@/shared/api/types';
import { sayDone } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';
import type { ViewFields } from './state';

export const viewsQuery = (list: ListName) =>
  queryOptions({
    queryKey: ['views', list],
    queryFn: ({ signal }) => data(api.GET('/views', { params: { query: { list } }, signal })),
    staleTime: 60_000,
  });

function useRefresh(list: ListName) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: viewsQuery(list).queryKey });
}

export function useCreateView(list: ListName) {
  const refresh = useRefresh(list);
  return useMutation({
    mutationFn: (fields: ViewFields) => data(api.POST('/views', { body: { list, ...fields } })),
    onSuccess: refresh,
  });
}

export function useChangeView(list: ListName) {
  const refresh = useRefresh(list);
  return useMutation({
    mutationFn: ({ view, fields }: { view: View; fields: ViewFields }) =>
      data(
        api.PUT('/views/{id}', {
          params: { path: { id: view.id }, header: ifMatch(view.rev) },
          body: fields,
        }),
      ),
    onSuccess: refresh,
  });
}

export function useChooseView(list: ListName) {
  const refresh = useRefresh(list);
  return useMutation({
    mutationFn: (view: View | null) =>
      data(api.PUT('/views/chosen', { body: { list, ...(view && { viewId: view.id }) } })),
    onSuccess: (_, view) => {
      sayDone(view ? `The list opens with ${view.name}.` : 'The list opens without a view.');
      return refresh();
    },
  });
}

/** Removes a view; the way back saves it anew. */
export function useRemoveView(list: ListName) {
  const refresh = useRefresh(list);
  const create = useCreateView(list);
  return useMutation({
    mutationFn: ({ id, rev }: View) =>
      data(api.DELETE('/views/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: async (_, { name, shared, pinned, columns, sort, text, where }) => {
      sayUndoable(`The view ${name} is gone.`, () =>
        create.mutate({
          name,
          shared,
          pinned,
          columns,
          ...(sort && { sort }),
          ...(text && { text }),
          ...(where && { where }),
        }),
      );
      await refresh();
    },
  });
}
