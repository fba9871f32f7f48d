import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { money } from '../queries';
import type { ExpensesSearch } from './search';

export const fundsQuery = queryOptions({
  queryKey: [...money, 'funds'],
  queryFn: ({ signal }) => data(api.GET('/funds', { params: { query: { limit: 500 } }, signal })),
});

export const versionsQuery = (year: number) =>
  queryOptions({
    queryKey: [...money, 'versions', year],
    queryFn: ({ signal }) =>
      data(api.GET('/budgets', { params: { query: { year, limit: 100 } }, signal })),
  });

export const versionQuery = (id: string) =>
  queryOptions({
    queryKey: [...money, 'version', id],
    queryFn: ({ signal }) => data(api.GET('/budgets/{id}', { params: { path: { id } }, signal })),
  });

export function readExpenses(
  filter: Omit<ExpensesSearch, 'rows'>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/expenses', { params: { query: { ...filter, ...page } }, signal }));
}

export const expenseImportsQuery = queryOptions({
  queryKey: [...money, 'expense imports'],
  queryFn: ({ signal }) =>
    data(api.GET('/expenses/imports', { params: { query: { limit: 50 } }, signal })),
});
