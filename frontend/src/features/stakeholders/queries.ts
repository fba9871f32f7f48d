import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { ListOf, Stakeholder, StakeholderFields, StakeholderKind } from '@/shared/api/types';
import { readNames } from '@/shared/stakeholders/names';
import { sayUndoable } from '@/shared/ui/undo';
import { sayDone } from '@/shared/ui/say';

export const all = ['stakeholders'] as const;

export interface StakeholderFilter {
  q?: string | undefined;
  where?: string | undefined;
  sort?: string | undefined;
  trashed?: true | undefined;
  kind?: StakeholderKind;
  parentId?: string;
}

export async function readPage(
  filter: StakeholderFilter,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/stakeholders', { params: { query: { ...filter, ...page } }, signal }));
}

/** A stakeholder in a list, with the name of what it belongs to where that is shown. */
export type Listed = Stakeholder & { parentName?: string | undefined };

/** A page whose rows know the names of the organisations above them. */
export async function readPageWithParents(
  ...[filter, page, signal]: Parameters<typeof readPage>
): Promise<ListOf<Listed>> {
  const found = await readPage(filter, page, signal);
  const parents = found.items.map((one) => one.parentId).filter((id) => id !== undefined);
  const names = await readNames(parents, signal);
  return {
    ...found,
    items: found.items.map((one) => ({ ...one, parentName: names.get(one.parentId ?? '') })),
  };
}

export const stakeholderQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}', { params: { path: { id } }, signal })),
  });

export const treeQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'tree', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}/tree', { params: { path: { id } }, signal })),
  });

export const threadsQuery = (stakeholder: string) =>
  queryOptions({
    queryKey: ['threads', 'of', stakeholder],
    queryFn: ({ signal }) =>
      data(api.GET('/threads', { params: { query: { stakeholder, limit: 10 } }, signal })),
  });

export function useCreate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: StakeholderFields) => data(api.POST('/stakeholders', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
    onError: shownByTheForm,
  });
}

export function useSave(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rev, fields }: { rev: number; fields: StakeholderFields }) =>
      data(
        api.PUT('/stakeholders/{id}', {
          params: { path: { id }, header: ifMatch(rev) },
          body: fields,
        }),
      ),
    onSuccess: async (saved) => {
      client.setQueryData(stakeholderQuery(id).queryKey, saved);
      await client.invalidateQueries({ queryKey: all });
    },
    onError: shownByTheForm,
  });
}

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      data(api.POST('/stakeholders/{id}/restore', { params: { path: { id } } })),
    onSuccess: async () => {
      sayDone('Restored.');
      await client.invalidateQueries({ queryKey: all });
    },
  });
}

/** Puts a record in the trash and offers to take that back. */
export function useTrash() {
  const client = useQueryClient();
  const restore = useRestore();
  return useMutation({
    mutationFn: ({ id, rev }: Stakeholder) =>
      data(api.DELETE('/stakeholders/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: async (_answer, { id, name }) => {
      await client.invalidateQueries({ queryKey: all });
      sayUndoable(`${name} is in the trash.`, () => restore.mutate(id));
    },
  });
}

function shownByTheForm() {
  // The form that started this shows the complaints beside its fields.
}
