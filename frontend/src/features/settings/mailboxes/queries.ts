import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Mailbox, MailboxInput } from '@/shared/api/types';

const all = ['mailboxes'] as const;

export const mailboxesQuery = queryOptions({
  queryKey: all,
  queryFn: ({ signal }) => data(api.GET('/mailboxes', { signal })),
});

export function useSave(mailbox: Mailbox | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MailboxInput) =>
      mailbox
        ? data(
            api.PUT('/mailboxes/{id}', {
              params: { path: { id: mailbox.id }, header: ifMatch(mailbox.rev) },
              body,
            }),
          )
        : data(api.POST('/mailboxes', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
    onError: shownByTheForm,
  });
}

export function useTest() {
  return useMutation({
    mutationFn: (body: MailboxInput) => data(api.POST('/mailboxes/test', { body })),
    onError: shownByTheForm,
  });
}

export function useRemove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, rev }: Mailbox) =>
      data(api.DELETE('/mailboxes/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
  });
}

function shownByTheForm() {
  // The dialog shows the complaints beside its fields.
}
