import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { CallsSearch } from './search';

export const all = ['calls'] as const;

export type CallFilter = Pick<CallsSearch, 'q' | 'where' | 'sort'>;

export function readPage(
  filter: CallFilter,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/calls', { params: { query: { ...filter, ...page } }, signal }));
}

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'one', id],
    queryFn: ({ signal }) => data(api.GET('/calls/{id}', { params: { path: { id } }, signal })),
  });

export const facetsQuery = queryOptions({
  queryKey: [...all, 'facets'],
  queryFn: ({ signal }) => data(api.GET('/calls/facets', { signal })),
  staleTime: 5 * 60_000,
});
