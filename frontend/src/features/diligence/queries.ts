import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { CaseOutcome } from './parts';
import type { CasesSearch } from './search';

/** Whatever a write of due diligence changes begins its key with this. */
export const all = ['diligence'] as const;

export function readCases(
  filter: Omit<CasesSearch, 'rows'>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/diligence/cases', { params: { query: { ...filter, ...page } }, signal }));
}

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'case', id],
    queryFn: ({ signal }) =>
      data(api.GET('/diligence/cases/{id}', { params: { path: { id } }, signal })),
  });

export const hitsQuery = (stakeholderId: string) =>
  queryOptions({
    queryKey: [...all, 'hits', stakeholderId],
    queryFn: ({ signal }) =>
      data(
        api.GET('/diligence/hits', { params: { query: { stakeholderId, limit: 100 } }, signal }),
      ),
  });

export const donorQuery = (id: string) =>
  queryOptions({
    queryKey: ['stakeholders', 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}', { params: { path: { id } }, signal })),
  });

export const ofDonorQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'of', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}/diligence', { params: { path: { id } }, signal })),
  });

export const previewQuery = (id: string, rev: number, outcome: CaseOutcome, expiresOn: string) =>
  queryOptions({
    // Apart from the rest: it belongs to this revision, and asked again after the proposal it would be refused.
    queryKey: ['preview of a decision', id, rev, outcome, expiresOn],
    queryFn: ({ signal }) =>
      data(
        api.GET('/diligence/cases/{id}/preview', {
          params: { path: { id }, query: { outcome, expiresOn } },
          signal,
        }),
      ),
  });

export const listQuery = queryOptions({
  queryKey: [...all, 'list'],
  queryFn: ({ signal }) => data(api.GET('/diligence/list', { signal })),
});

export const policyQuery = queryOptions({
  queryKey: [...all, 'policy'],
  queryFn: ({ signal }) => data(api.GET('/diligence/policy', { signal })),
});

/** The parameters of a write of one record. */
export const at = ({ id, rev }: { id: string; rev: number }) => ({
  path: { id },
  header: ifMatch(rev),
});

/** A write of due diligence; the donor and its agreements follow, so they are read again, too. */
export function useWrite<V, T = unknown>(write: (values: V) => Promise<T>) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(
      [all, ['stakeholders'], ['agreements'], ['pipeline']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  return useMutation({
    mutationFn: write,
    onSuccess: refresh,
    onError: (error) => (isStatus(error, 412) ? refresh() : undefined),
  });
}
