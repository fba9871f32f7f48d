import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch, upload } from '@/shared/api/client';
import type { ImportSettings, StakeholderImport, Verdict } from '@/shared/api/types';

export const imports = ['stakeholder-imports'] as const;

/** Work is due or under way. */
export function isWorking(one: StakeholderImport) {
  return one.state === 'checking' || one.state === 'applying' || one.state === 'reverting';
}

export const importsQuery = queryOptions({
  queryKey: [...imports, 'list'],
  queryFn: ({ signal }) =>
    data(api.GET('/stakeholder-imports', { params: { query: { limit: 100 } }, signal })),
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...imports, 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholder-imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? 700 : false),
  });

export const fieldsQuery = queryOptions({
  queryKey: [...imports, 'fields'],
  queryFn: ({ signal }) => data(api.GET('/stakeholder-imports/fields', { signal })),
  staleTime: Infinity,
});

export const mappingsQuery = queryOptions({
  queryKey: [...imports, 'mappings'],
  queryFn: ({ signal }) => data(api.GET('/stakeholder-imports/mappings', { signal })),
});

interface RowsAsk {
  verdict: Verdict | undefined;
  q: string;
}

export function readRows(
  one: StakeholderImport,
  { verdict, q }: RowsAsk,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  const query = { ...page, ...(verdict && { verdict }), ...(q && { q }) };
  return data(
    api.GET('/stakeholder-imports/{id}/rows', { params: { path: { id: one.id }, query }, signal }),
  );
}

export function sendFile(file: File) {
  const form = new FormData();
  form.append('file', file);
  return upload<StakeholderImport>('/stakeholder-imports', {}, form);
}

/** Shows an import as a change has left it. */
function useShown(id: string) {
  const client = useQueryClient();
  return async (now: StakeholderImport) => {
    client.setQueryData(importQuery(id).queryKey, now);
    await client.invalidateQueries({ queryKey: [...imports, 'list'] });
  };
}

export function useSettings({ id, rev }: StakeholderImport) {
  return useMutation({
    mutationFn: (body: ImportSettings) =>
      data(
        api.PUT('/stakeholder-imports/{id}', {
          params: { path: { id }, header: ifMatch(rev) },
          body,
        }),
      ),
    onSuccess: useShown(id),
  });
}

export function useSavedMapping({ id, rev }: StakeholderImport) {
  return useMutation({
    mutationFn: (mappingId: string) =>
      data(
        api.PUT('/stakeholder-imports/{id}/mapping', {
          params: { path: { id }, header: ifMatch(rev) },
          body: { mappingId },
        }),
      ),
    onSuccess: useShown(id),
  });
}

type Step = 'check' | 'apply' | 'revert' | 'stop';

export function useStep({ id }: StakeholderImport, step: Step) {
  return useMutation({
    mutationFn: () =>
      data(api.POST(`/stakeholder-imports/{id}/${step}`, { params: { path: { id } } })),
    onSuccess: useShown(id),
  });
}
