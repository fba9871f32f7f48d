import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { Basis, DonorView } from '@/shared/api/types';
import { sayDone } from '@/shared/ui/say';
import type { IncomeSearch, LensSearch } from './search';

/** Everything that an import or its reversal changes. */
export const money = ['money'] as const;

interface Span {
  from: number;
  to: number;
  view: DonorView;
  basis: Basis;
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

/** What one donor has brought in the last years. */
export const giverQuery = (id: string, view: DonorView, from: number) =>
  queryOptions({
    queryKey: [...money, 'giver', id, view, from],
    queryFn: ({ signal }) =>
      data(
        api.GET('/stakeholders/{id}/income', {
          params: { path: { id }, query: { view, from } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const dependenceQuery = (year: number, view: DonorView, basis: Basis) =>
  queryOptions({
    queryKey: [...money, 'dependence', year, view, basis],
    queryFn: ({ signal }) =>
      data(api.GET('/finance/dependence', { params: { query: { year, view, basis } }, signal })),
    placeholderData: keepPreviousData,
  });

/** The files of a kind, or of all. */
export const importsQuery = (kind?: 'income' | 'gifts') =>
  queryOptions({
    queryKey: [...money, 'imports', kind],
    queryFn: ({ signal }) =>
      data(api.GET('/income/imports', { params: { query: { limit: 50, kind } }, signal })),
  });

export function readIncome(
  filter: Pick<IncomeSearch, 'q' | 'where' | 'sort'>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/income', { params: { query: { ...filter, ...page } }, signal }));
}

export const forecastQuery = (query: LensSearch) =>
  queryOptions({
    queryKey: [...money, 'forecast', query],
    queryFn: ({ signal }) => data(api.GET('/finance/forecast', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** The lines behind the figures of one month. */
export const forecastMonthQuery = (month: string, query: LensSearch) =>
  queryOptions({
    queryKey: [...money, 'forecast', month, query],
    queryFn: ({ signal }) =>
      data(api.GET('/finance/forecast/{month}', { params: { path: { month }, query }, signal })),
  });

export const lossQuery = (query: LensSearch & { stop?: string | undefined }) =>
  queryOptions({
    queryKey: [...money, 'losses', query],
    queryFn: ({ signal }) => data(api.GET('/finance/losses', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const comparisonQuery = (lens: LensSearch, scenario: string[]) =>
  queryOptions({
    queryKey: [...money, 'comparison', lens, scenario],
    queryFn: ({ signal }) =>
      data(
        api.GET('/finance/comparison', {
          params: { query: { ...lens, scenario } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const linesQuery = (query: LensSearch) =>
  queryOptions({
    queryKey: [...money, 'lines', query],
    queryFn: ({ signal }) => data(api.GET('/finance/lines', { params: { query }, signal })),
  });

export const scenariosQuery = queryOptions({
  queryKey: [...money, 'scenarios'],
  queryFn: ({ signal }) =>
    data(api.GET('/scenarios', { params: { query: { limit: 500 } }, signal })),
});

export const projectsQuery = queryOptions({
  queryKey: [...money, 'projects'],
  queryFn: ({ signal }) =>
    data(api.GET('/projects', { params: { query: { limit: 500 } }, signal })),
});

export const dashboardQuery = (query: { year: number; view: DonorView; basis: Basis }) =>
  queryOptions({
    queryKey: [...money, 'dashboard', query],
    queryFn: ({ signal }) => data(api.GET('/finance/dashboard', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** The limits that mark a figure, as the board has chosen them. */
export const limitsQuery = queryOptions({
  queryKey: [...money, 'limits'],
  queryFn: ({ signal }) => data(api.GET('/limits', { signal })),
});

export const reservesQuery = queryOptions({
  queryKey: [...money, 'reserves'],
  queryFn: ({ signal }) =>
    data(api.GET('/reserves', { params: { query: { limit: 500 } }, signal })),
});

export const reserveMonthsQuery = queryOptions({
  queryKey: [...money, 'reserveMonths'],
  queryFn: ({ signal }) => data(api.GET('/finance/reserve-months', { signal })),
});

export const realisationQuery = (year: number | undefined) =>
  queryOptions({
    queryKey: [...money, 'realisation', year],
    queryFn: ({ signal }) =>
      data(api.GET('/finance/realisation', { params: { query: { year } }, signal })),
    placeholderData: keepPreviousData,
  });

/**
 * A write after which everything under a key is asked for again, and so it is where somebody was quicker. It is told,
 * also where its form is gone by then; the form shows what it is refused for.
 */
export function useMoneyWrite<V, T>(
  write: (value: V) => Promise<T>,
  said: string | ((value: V) => string),
  key: readonly string[] = money,
) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: key });
  return useMutation({
    mutationFn: write,
    onSuccess: (_, value) => {
      sayDone(typeof said === 'string' ? said : said(value));
      return refresh();
    },
    onError: (error) => (isStatus(error, 412) ? refresh() : undefined),
  });
}
