import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => data(api.GET('/webhooks', { signal })),
});

/** One webhook; asked for again and again, as deliveries go out by themselves. */
export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => data(api.GET('/webhooks/{id}', { params: { path: { id } }, signal })),
    refetchInterval: 3000,
  });
