import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { sayDone } from '@/shared/ui/say';

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => data(api.GET('/jobs', { signal })),
  refetchInterval: 30_000,
});

/** A run, asked again every second for as long as it goes on. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => data(api.GET('/runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (query) => (query.state.data?.outcome === 'running' ? 1000 : false),
  });

export function useRunNow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      data(api.POST('/jobs/{name}/run', { params: { path: { name } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

export function useStop() {
  return useMutation({
    mutationFn: (id: string) => data(api.POST('/runs/{id}/stop', { params: { path: { id } } })),
    onSuccess: () => sayDone('The run will stop as soon as it has saved what it holds.'),
  });
}
