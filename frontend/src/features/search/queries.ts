import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { EverythingSearch } from './search';

/** What the search over everything finds. The last answer stays while the next is on its way. */
export function searchQuery(q: string, kinds: EverythingSearch['kinds'], limit: number) {
  return queryOptions({
    queryKey: ['search', q, kinds ?? [], limit],
    queryFn: ({ signal }) =>
      data(
        api.GET('/search', {
          params: { query: { q, limit, ...(kinds && { kinds }) } },
          signal,
        }),
      ),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
}
