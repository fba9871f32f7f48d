import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { ListName } from '@/shared/api/types';

/** What a list can be filtered by, shown with and changed by; it changes only with Piper itself. */
export const listQuery = (list: ListName) =>
  queryOptions({
    queryKey: ['lists', list],
    queryFn: ({ signal }) => data(api.GET('/lists/{list}', { params: { path: { list } }, signal })),
    staleTime: Infinity,
  });
