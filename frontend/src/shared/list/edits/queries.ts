import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { BulkEdit, EditOperation, EditStep } from '@/shared/api/types';
import type { BulkList } from './bulkList';

/** Which records an edit is about: those named or, without ids, all that the list finds. */
export interface Selected {
  ids?: string[];
  where?: string | undefined;
  text?: string | undefined;
  trashed?: boolean;
}

type State = EditStep['state'];

export const editsKey = ['edits'] as const;

export const editsQuery = (list: BulkList['list']) =>
  queryOptions({
    queryKey: [...editsKey, 'list', list],
    queryFn: ({ signal }) =>
      data(api.GET('/edits', { params: { query: { list, limit: 100 } }, signal })),
  });

/** Rows of an edit, old and new, the first ones. */
export const editRowsQuery = (id: string, state: State[]) =>
  queryOptions({
    queryKey: [...editsKey, id, state],
    queryFn: ({ signal }) => readRows(id, state, 100, signal),
  });

const readRows = (id: string, state: State[], limit: number, signal?: AbortSignal) =>
  data(
    api.GET('/edits/{id}/rows', {
      params: { path: { id }, query: { state, limit } },
      ...(signal && { signal }),
    }),
  );

/** The names of the first records of an edit in a state, and how many others there are. */
export async function readSome(id: string, state: State) {
  const { items, names, total } = await readRows(id, [state], 3);
  return {
    names: items.map(
      ({ recordId }) =>
        names[recordId] ?? (recordId ? 'one that you may not see' : 'one that was merged'),
    ),
    more: total - items.length,
  };
}

export function usePreview(list: BulkList['list']) {
  return useMutation({
    mutationFn: ({ selected, operations }: { selected: Selected; operations: EditOperation[] }) => {
      const { where, text, ids, trashed } = selected;
      return data(
        api.POST('/edits', {
          body: {
            list,
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
export function useWork({ keys }: BulkList) {
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
    // Who began the work says what failed.
    onError: () => undefined,
    onSettled: () =>
      Promise.all([editsKey, ...keys].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

interface Work {
  id: string;
  way: Way;
  tell?: (edit: BulkEdit) => boolean;
}
