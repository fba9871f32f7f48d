import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { BoardPack } from '@/shared/api/types';
import { sayDone } from '@/shared/ui/say';

const packs = ['packs'] as const;
export const embedsKey = ['embeds'] as const;

export const underWay = ({ state }: Pick<BoardPack, 'state'>) =>
  state === 'waiting' || state === 'making';

/** How often one looks how far a pack is, in milliseconds. */
const GLANCE = 1000;

export const packsQuery = queryOptions({
  queryKey: [...packs, 'list'],
  queryFn: ({ signal }) =>
    data(api.GET('/board/packs', { params: { query: { limit: 200 } }, signal })),
  refetchInterval: ({ state }) => (state.data?.items.some(underWay) ? GLANCE : false),
});

export const packQuery = (id: string) =>
  queryOptions({
    queryKey: [...packs, id],
    queryFn: ({ signal }) =>
      data(api.GET('/board/packs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && underWay(state.data) ? GLANCE : false),
  });

export const embedsQuery = queryOptions({
  queryKey: embedsKey,
  queryFn: ({ signal }) => data(api.GET('/embeds', { params: { query: { limit: 200 } }, signal })),
});

/** A write after which the packs are asked for again. */
export function usePackWrite<T, R>(write: (value: T) => Promise<R>, said: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: packs });
      sayDone(said);
    },
  });
}
