import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Agreement, DonorView } from '@/shared/api/types';
import { isStatus } from '@/shared/api/problem';
import { tasksKey, timelineKey } from '@/shared/tasks/queries';
import type { AgreementsSearch, ObligationsSearch } from './search';

/** Whatever a write of an agreement or a string changes begins its key with this. */
export const all = ['agreements'] as const;

/** The page of an award shows its agreement. */
const opportunitiesKey = ['opportunities'] as const;

export function readAgreements(
  filter: Pick<AgreementsSearch, 'q' | 'where' | 'sort'>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/agreements', { params: { query: { ...filter, ...page } }, signal }));
}

export const agreementQuery = (id: string, on?: string) =>
  queryOptions({
    queryKey: [...all, 'one', id, on ?? ''],
    queryFn: ({ signal }) =>
      data(
        api.GET('/agreements/{id}', {
          params: { path: { id }, query: { ...(on && { on }) } },
          signal,
        }),
      ),
  });

/** The award that a new agreement is made from. */
export const awardQuery = (id: string) =>
  queryOptions({
    queryKey: [...opportunitiesKey, 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/opportunities/{id}', { params: { path: { id } }, signal })),
  });

export const stringsQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...all, 'strings', agreementId],
    queryFn: ({ signal }) =>
      data(api.GET('/strings', { params: { query: { agreementId, limit: 200 } }, signal })),
  });

export const proposedQuery = (id: string, rev: number) =>
  queryOptions({
    queryKey: [...all, 'proposed', id, rev],
    queryFn: ({ signal }) =>
      data(api.GET('/agreements/{id}/requirements/proposed', { params: { path: { id } }, signal })),
  });

export const tunesQuery = (view: DonorView) =>
  queryOptions({
    queryKey: [...all, 'tunes', view],
    queryFn: ({ signal }) =>
      data(api.GET('/finance/strings', { params: { query: { view } }, signal })),
  });

/** What the API is asked for a calendar. */
export function askedObligations({ kind, ownerId, donorId, done }: ObligationsSearch) {
  return {
    ...(kind && { kind }),
    ...(ownerId && { ownerId }),
    ...(donorId && { donorId }),
    ...(!done && { pending: true }),
  };
}

export const obligationsQuery = (search: ObligationsSearch) => {
  const query = askedObligations(search);
  return queryOptions({
    queryKey: [...all, 'obligations', query],
    queryFn: ({ signal }) => data(api.GET('/obligations', { params: { query }, signal })),
  });
};

/** The parameters of a write of one agreement, or of a part of it. */
export const at = ({ id, rev }: Agreement) => ({ path: { id }, header: ifMatch(rev) });
export const atPart = ({ id, rev }: Agreement, part: string) => ({
  path: { id, part },
  header: ifMatch(rev),
});

/** A write of an agreement; what it gives is shown at once, and what follows from it is read again. */
export function useWrite<V, T = unknown>(write: (values: V) => Promise<T>) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(
      [all, opportunitiesKey, tasksKey, timelineKey].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  return useMutation({
    mutationFn: write,
    onSuccess: refresh,
    // Where somebody was quicker, the page behind the dialog shows what they wrote.
    onError: (error) => (isStatus(error, 412) ? refresh() : undefined),
  });
}
