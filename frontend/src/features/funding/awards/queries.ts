import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch, upload } from '@/shared/api/client';
import type { AwardImport } from '@/shared/api/types';
import { useMoneyWrite } from '../queries';
import type { FundersSearch, FunderSearch } from './search';

/** Whatever an import of awards, its reversal or a link changes begins its key with this. */
export const all = ['awards'] as const;

interface Page {
  limit: number;
  cursor?: string;
}

export function readFunders(query: Omit<FundersSearch, 'rows'>, page: Page, signal: AbortSignal) {
  return data(api.GET('/funders', { params: { query: { ...query, ...page } }, signal }));
}

export function readAwards(
  query: Omit<FunderSearch, 'rows'> & { funderId: string },
  page: Page,
  signal: AbortSignal,
) {
  return data(api.GET('/awards', { params: { query: { ...query, ...page } }, signal }));
}

export const funderQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'funder', id],
    queryFn: ({ signal }) =>
      data(api.GET('/award-parties/{id}', { params: { path: { id } }, signal })),
  });

/** What an organisation of the sources has granted. */
export const givingQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'giving', id],
    queryFn: ({ signal }) =>
      data(api.GET('/award-parties/{id}/giving', { params: { path: { id } }, signal })),
  });

/** What a stakeholder has granted, under every name that the sources have for it. */
export const givingOfDonorQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'giving of a stakeholder', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}/giving', { params: { path: { id } }, signal })),
  });

/** Work on a file is due or under way. */
export const isWorking = ({ state }: AwardImport) => state === 'checking' || state === 'applying';

export const importsQuery = queryOptions({
  queryKey: [...all, 'imports'],
  queryFn: ({ signal }) =>
    data(api.GET('/award-imports', { params: { query: { limit: 50 } }, signal })),
  refetchInterval: ({ state }) => (state.data?.items.some(isWorking) ? 1000 : false),
});

/** One looks often at first, as a small file is done in a moment. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'import', id],
    queryFn: ({ signal }) =>
      data(api.GET('/award-imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data && isWorking(state.data) ? (state.dataUpdateCount < 6 ? 150 : 700) : false,
  });

/** What was understood of a file; who its funders are changes with every reading. */
export const planQuery = ({ id, rev }: AwardImport) =>
  queryOptions({
    queryKey: [...all, 'plan', id, rev],
    queryFn: ({ signal }) =>
      data(api.GET('/award-imports/{id}/plan', { params: { path: { id } }, signal })),
  });

export const rejectsQuery = ({ id }: AwardImport) =>
  queryOptions({
    queryKey: [...all, 'rejects', id],
    queryFn: ({ signal }) =>
      data(
        api.GET('/award-imports/{id}/rejects', {
          params: { path: { id }, query: { limit: 100 } },
          signal,
        }),
      ),
  });

export function sendAwards(file: File) {
  const form = new FormData();
  form.append('file', file);
  return upload<AwardImport>('/award-imports', {}, form);
}

type Step = 'check' | 'apply' | 'stop';

/** Asks for the next step of an import, and shows the import as that has left it. */
export function useStep({ id }: AwardImport, step: Step) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => data(api.POST(`/award-imports/{id}/${step}`, { params: { path: { id } } })),
    onSuccess: async (now) => {
      client.setQueryData(importQuery(id).queryKey, now);
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
  });
}

/** The parameters of a change of one organisation. */
export const at = ({ id, rev }: { id: string; rev: number }) => ({
  path: { id },
  header: ifMatch(rev),
});

/** A write of awards: every list and figure of them is asked for again. */
export const useAwardsWrite = <V, T>(
  write: (value: V) => Promise<T>,
  said: string | ((value: V) => string),
) => useMoneyWrite(write, said, all);
