import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Sharing, Thread } from '@/shared/api/types';
import { sharingWords } from '@/shared/format/words';
import { sayDone } from '@/shared/ui/say';
import type { MailSearch } from './search';

export const all = ['threads'] as const;

export function readPage(
  filter: Omit<MailSearch, 'rows'>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/threads', { params: { query: { ...filter, ...page } }, signal }));
}

export const threadQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'one', id],
    queryFn: ({ signal }) => data(api.GET('/threads/{id}', { params: { path: { id } }, signal })),
  });

/** A stored body never changes. */
export const bodyQuery = (id: string) =>
  queryOptions({
    queryKey: ['messages', id, 'body'],
    queryFn: ({ signal }) =>
      data(api.GET('/messages/{id}/body', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  });

export const mailboxesQuery = queryOptions({
  queryKey: ['mailboxes'],
  queryFn: ({ signal }) => data(api.GET('/mailboxes', { signal })),
  staleTime: 60_000,
});

export function useShare(thread: Thread) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (level: Sharing) =>
      data(
        api.PUT('/threads/{id}/sharing', {
          params: { path: { id: thread.id }, header: ifMatch(thread.rev) },
          body: { level },
        }),
      ),
    onSuccess: async (_answer, level) => {
      sayDone(`Shared: ${sharingWords[level].label.toLowerCase()}. ${sharingWords[level].others}`);
      await client.invalidateQueries({ queryKey: all });
    },
  });
}
