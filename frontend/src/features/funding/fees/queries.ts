import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { FeeOverview } from '@/shared/api/types';
import { money } from '../queries';
import type { FeesSearch } from './search';

export const feesQuery = (query: FeesSearch) =>
  queryOptions({
    queryKey: [...money, 'fees', query],
    queryFn: async ({ signal }): Promise<FeeOverview> =>
      data(api.GET('/fees/overview', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** The fees of all years, the newest first. */
export const feeYearsQuery = queryOptions({
  queryKey: [...money, 'fee-years'],
  queryFn: ({ signal }) => data(api.GET('/fees', { params: { query: { limit: 200 } }, signal })),
});

export const feeLinesQuery = (id: string, year: number) =>
  queryOptions({
    queryKey: [...money, 'fee-lines', id, year],
    queryFn: ({ signal }) =>
      data(api.GET('/fees/payers/{id}', { params: { path: { id }, query: { year } }, signal })),
  });
