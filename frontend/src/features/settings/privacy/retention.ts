import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Retention } from '@/shared/api/types';
import { sayFailed } from '@/shared/ui/say';
import { privacyKey } from './queries';

export const retentionQuery = queryOptions({
  queryKey: [...privacyKey, 'retention'],
  queryFn: ({ signal }) => data(api.GET('/privacy/retention', { signal })),
  refetchOnWindowFocus: false,
});

function useSaved() {
  const client = useQueryClient();
  return {
    onSuccess: (saved: Retention) => client.setQueryData(retentionQuery.queryKey, saved),
    onError: sayFailed,
  };
}

export function useDryRun(set: Retention) {
  return useMutation({
    mutationFn: () =>
      data(api.POST('/privacy/retention/dry-run', { params: { header: ifMatch(set.rev) } })),
    ...useSaved(),
  });
}

export function useSetRule(rev: number) {
  return useMutation({
    mutationFn: ({ name, on, days }: { name: string; on: boolean; days: number }) =>
      data(
        api.PUT('/privacy/retention/rules/{name}', {
          params: { path: { name }, header: ifMatch(rev) },
          body: { on, days },
        }),
      ),
    ...useSaved(),
  });
}
