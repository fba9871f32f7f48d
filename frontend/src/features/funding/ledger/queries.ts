import { queryOptions } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { IncomeLine } from '@/shared/api/types';
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
