import { queryOptions } from '@tanstack/react-query';
import { api, data, ifMatch, upload } from '@/shared/api/client';
import type { AwardImportResult } from '@/shared/api/types';
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

export const importsQuery = queryOptions({
  queryKey: [...all, 'imports'],
  queryFn: ({ signal }) =>
    data(api.GET('/award-imports', { params: { query: { limit: 50 } }, signal })),
});

export function sendAwards(file: File, dryRun: boolean) {
  const form = new FormData();
  form.append('file', file);
  return upload<AwardImportResult>('/award-imports', { dryRun }, form);
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
