import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { DonorView } from '@/shared/api/types';
import type { IncomeSearch } from './search';

/** Everything that an import or its reversal changes. */
export const money = ['money'] as const;

interface Span {
  from: number;
  to: number;
  view: DonorView;
}

export const diversificationQuery = (query: Span) =>
  queryOptions({
    queryKey: [...money, 'diversification', query],
    queryFn: ({ signal }) =>
      data(api.GET('/finance/diversification', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const earmarkingQuery = (query: Span) =>
  queryOptions({
    queryKey: [...money, 'earmarking', query],
    queryFn: ({ signal }) => data(api.GET('/finance/earmarking', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const dependenceQuery = (year: number, view: DonorView) =>
  queryOptions({
    queryKey: [...money, 'dependence', year, view],
    queryFn: ({ signal }) =>
      data(api.GET('/finance/dependence', { params: { query: { year, view } }, signal })),
    placeholderData: keepPreviousData,
  });

export const importsQuery = queryOptions({
  queryKey: [...money, 'imports'],
  queryFn: ({ signal }) =>
    data(api.GET('/income/imports', { params: { query: { limit: 50 } }, signal })),
});

export function readIncome(
  filter: Omit<IncomeSearch, 'rows'>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/income', { params: { query: { ...filter, ...page } }, signal }));
}
