import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';

export type Described = 'stakeholders' | 'tasks';

/** What a list can be filtered by, shown with and changed by; it changes only with Piper itself. */
export const listQuery = (list: Described) =>
  queryOptions({
    queryKey: ['lists', list],
    queryFn: ({ signal }) => data(api.GET('/lists/{list}', { params: { path: { list } }, signal })),
    staleTime: Infinity,
  });
