import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { BulkEdit, EditOperation, EditStep } from '@/shared/api/types';

/** Which records an edit is about: those named or, without ids, all that the list finds. */
export interface Selected {
  ids?: string[];
  where?: string | undefined;
  text?: string | undefined;
  trashed?: boolean;
}

export const editsKey = ['edits'] as const;

export const editsQuery = queryOptions({
  queryKey: [...editsKey, 'list'],
  queryFn: ({ signal }) =>
    data(api.GET('/edits', { params: { query: { list: 'stakeholders', limit: 100 } }, signal })),
});

/** Rows of an edit, old and new, the first ones. */
export const editRowsQuery = (id: string, state: EditStep['state']) =>
  queryOptions({
    queryKey: [...editsKey, id, state],
    queryFn: ({ signal }) =>
      data(
        api.GET('/edits/{id}/rows', {
          params: { path: { id }, query: { state, limit: 100 } },
          signal,
        }),
      ),
  });

export function usePreview() {
  return useMutation({
    mutationFn: ({ selected, operations }: { selected: Selected; operations: EditOperation[] }) => {
      const { where, text, ids, trashed } = selected;
      return data(
        api.POST('/edits', {
          body: {
            list: 'stakeholders',
            operations,
            ...(ids && { ids }),
            ...(where && { where }),
            ...(text && { text }),
            ...(trashed && { trashed }),
          },
        }),
      );
    },
    // The dialog shows what was refused.
    onError: () => undefined,
  });
}

export type Way = 'apply' | 'undo';

/** Works on an edit call by call until it is done; `tell` hears how far it is and may stop it. */
export function useWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, way, tell }: Work) => {
      for (;;) {
        const params = { path: { id } };
        const edit = await data(
          way === 'apply'
            ? api.POST('/edits/{id}/apply', { params })
            : api.POST('/edits/{id}/undo', { params }),
        );
        const goOn = tell?.(edit) ?? true;
        if (!goOn || edit.state === 'applied' || edit.state === 'undone') return edit;
      }
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: editsKey }),
        client.invalidateQueries({ queryKey: ['stakeholders'] }),
      ]),
  });
}

interface Work {
  id: string;
  way: Way;
  tell?: (edit: BulkEdit) => boolean;
}
