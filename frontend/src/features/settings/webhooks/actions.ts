import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Webhook } from '@/shared/api/types';
import { sayDone, sayFailed } from '@/shared/ui/say';

/** What one can do with a webhook by a single press. */
export function useWebhookActions({ id, rev }: Pick<Webhook, 'id' | 'rev'>) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['webhooks'] });
  const path = { id };
  const test = useMutation({
    mutationFn: () => data(api.POST('/webhooks/{id}/test', { params: { path } })),
    onError: sayFailed,
    onSuccess: () => {
      sayDone('A test is on its way. The log says how it went.');
      return refresh();
    },
  });
  const pause = useMutation({
    mutationFn: (paused: boolean) =>
      data(
        api.PUT('/webhooks/{id}/paused', {
          params: { path, header: ifMatch(rev) },
          body: { paused },
        }),
      ),
    onError: sayFailed,
    onSuccess: refresh,
  });
  const replayAll = useMutation({
    mutationFn: () => data(api.POST('/webhooks/{id}/replay', { params: { path } })),
    onError: sayFailed,
    onSuccess: ({ replayed }) => {
      sayDone(
        replayed === 1 ? 'One delivery is sent again.' : `${replayed} deliveries are sent again.`,
      );
      return refresh();
    },
  });
  const replay = useMutation({
    mutationFn: (delivery: string) =>
      data(
        api.POST('/webhooks/{id}/deliveries/{delivery}/replay', {
          params: { path: { id, delivery } },
        }),
      ),
    onError: sayFailed,
    onSuccess: refresh,
  });
  return { test, pause, replayAll, replay };
}
