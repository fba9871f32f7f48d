import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { money, projectsQuery } from '../queries';
import type { ExpensesSearch } from './search';

export const fundsQuery = queryOptions({
  queryKey: [...money, 'funds'],
  queryFn: ({ signal }) => data(api.GET('/funds', { params: { query: { limit: 500 } }, signal })),
});

/** Where money may be planned and spent: all projects and all funds, as one query. */
export function usePlaces() {
  const projects = useQuery(projectsQuery);
  const funds = useQuery(fundsQuery);
  return {
    data: projects.data && funds.data && { projects: projects.data.items, funds: funds.data.items },
    error: projects.error ?? funds.error,
    isPending: projects.isPending || funds.isPending,
    refetch: () => Promise.all([projects.refetch(), funds.refetch()]),
  };
}

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
