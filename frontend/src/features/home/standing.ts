import { queryOptions } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { today } from '@/shared/format/date';

/** This year beside the board's limits and targets, as the dashboard shows it first. */
export const standingQuery = () => {
  const query = { year: Number(today().slice(0, 4)), view: 'ultimate', basis: 'cash' } as const;
  return queryOptions({
    queryKey: ['money', 'dashboard', query],
    queryFn: ({ signal }) => data(api.GET('/finance/dashboard', { params: { query }, signal })),
  });
};
