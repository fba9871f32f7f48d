import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Choice, MergePreview, Pair } from '@/shared/api/types';
import { sayDone } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';
import { sinceWords } from './words';

export type Choices = Record<string, Choice>;

const pairs = ['duplicates'] as const;
const merges = ['merges'] as const;
const stakeholders = ['stakeholders'] as const;

export const pairsKey = (filter: object) => [...pairs, 'list', filter];
export const mergesKey = [...merges, 'list'];

/** The last search for duplicates, asked again every second for as long as it goes on. */
export const lookQuery = queryOptions({
  queryKey: [...pairs, 'search'],
  queryFn: ({ signal }) => data(api.GET('/duplicates/search', { signal })),
  refetchInterval: (query) => (query.state.data?.last?.outcome === 'running' ? 1000 : false),
});

export const previewQuery = (survivorId: string, loserId: string, choices: Choices) =>
  queryOptions({
    queryKey: [...merges, 'preview', survivorId, loserId, choices],
    queryFn: ({ signal }) =>
      data(api.POST('/merges/preview', { body: { survivorId, loserId, choices }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });

/** The record that "Merge with…" was asked for on. */
export const oneQuery = (id: string) =>
  queryOptions({
    queryKey: [...stakeholders, 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}', { params: { path: { id } }, signal })),
  });

export const othersQuery = (kind: Pair['kind'], q: string) =>
  queryOptions({
    queryKey: [...stakeholders, 'to merge', kind, q],
    queryFn: ({ signal }) =>
      data(
        api.GET('/stakeholders', {
          params: {
            query: {
              kind: kind === 'person' ? 'person' : 'organisation',
              limit: 30,
              ...(q ? { q } : { sort: 'name' }),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export function useLookNow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => data(api.POST('/duplicates/search')),
    onSettled: () => client.invalidateQueries({ queryKey: lookQuery.queryKey }),
  });
}

/** Says that two are different and offers to take that back, or takes it back. */
export function useDecide() {
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ pair, state }: { pair: Pick<Pair, 'id' | 'rev'>; state: Pair['state'] }) =>
      data(
        api.PUT('/duplicates/{id}', {
          params: { path: { id: pair.id }, header: ifMatch(pair.rev) },
          body: { state },
        }),
      ),
    onSuccess: async (saved, { state }) => {
      await client.invalidateQueries({ queryKey: pairs });
      if (state === 'different') {
        sayUndoable('These two are kept apart from now on.', () =>
          decide.mutate({ pair: saved, state: 'open' }),
        );
      } else {
        sayDone('The pair is open again.');
      }
    },
  });
  return decide;
}

function useRefresh() {
  const client = useQueryClient();
  // A merge touches whatever names a stakeholder; what was compared for it is no longer there to ask for.
  return () => {
    client.removeQueries({ queryKey: [...merges, 'preview'], type: 'inactive' });
    return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'preview' });
  };
}

export function useUndoMerge() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => data(api.POST('/merges/{id}/undo', { params: { path: { id } } })),
    onSuccess: async (undone) => {
      await refresh();
      sayDone(sinceWords(undone), 10_000);
    },
  });
}

export function useMerge() {
  const refresh = useRefresh();
  const undo = useUndoMerge();
  return useMutation({
    mutationFn: ({ preview, choices }: { preview: MergePreview; choices: Choices }) =>
      data(
        api.POST('/merges', {
          body: {
            survivorId: preview.survivor.id,
            survivorRev: preview.survivor.rev,
            loserId: preview.loser.id,
            loserRev: preview.loser.rev,
            choices,
          },
        }),
      ),
    onSuccess: async (merged) => {
      await refresh();
      sayUndoable(`${merged.loserName} was merged into ${merged.survivorName}.`, () =>
        undo.mutate(merged.id),
      );
    },
  });
}
