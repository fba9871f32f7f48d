import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { IncomeLine } from '@/shared/api/types';
import { sayDone } from '@/shared/ui/say';
import { money } from '../queries';

export const booksQuery = queryOptions({
  queryKey: [...money, 'books'],
  queryFn: ({ signal }) => data(api.GET('/books', { signal })),
});

export const closingQuery = (year: number) =>
  queryOptions({
    queryKey: [...money, 'books', year],
    queryFn: ({ signal }) => data(api.GET('/books/{year}', { params: { path: { year } }, signal })),
  });

/** The parameters of a write of one line. */
export const at = ({ id, rev }: IncomeLine) => ({ path: { id }, header: ifMatch(rev) });

/** A write of the books: it is told, also where its dialog is gone by then, and every figure is asked for again. */
export function useLedgerWrite<V>(write: (values: V) => Promise<unknown>, said: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: money });
  return useMutation({
    mutationFn: write,
    onSuccess: () => {
      sayDone(said);
      return refresh();
    },
    // Where somebody was quicker, the list shows what they wrote.
    onError: (error) => (isStatus(error, 412) ? refresh() : undefined),
  });
}
