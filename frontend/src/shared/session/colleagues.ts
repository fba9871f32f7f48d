import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';

/** The names of those who use Piper, by id. */
export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: ({ signal }) => data(api.GET('/colleagues', { signal })),
  staleTime: 5 * 60_000,
  select: ({ items }) => new Map(items.map(({ id, name }) => [id, name])),
});
