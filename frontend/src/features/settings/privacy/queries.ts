import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, data, ifMatch } from '@/shared/api/client';
import type { ErasureForm, PrivacyRequest } from '@/shared/api/types';
import { sayDone, sayFailed } from '@/shared/ui/say';

export const privacyKey = ['privacy'] as const;
export const requestsKey = (filter: object) => [...privacyKey, 'list', filter];

const underWay = ['planning', 'working', 'scrubbing'];

/** One request, asked for again every second while the job is at it. */
export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: [...privacyKey, 'request', id],
    queryFn: ({ signal }) =>
      data(api.GET('/privacy/requests/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (query) => (underWay.includes(query.state.data?.state ?? '') ? 1000 : false),
  });

/** The places that an erasure would rewrite; they belong to one revision of its plan. */
export const textsQuery = (request: PrivacyRequest) =>
  queryOptions({
    queryKey: [...privacyKey, 'texts', request.id, request.rev],
    queryFn: ({ signal }) =>
      data(
        api.GET('/privacy/requests/{id}/texts', { params: { path: { id: request.id } }, signal }),
      ),
    gcTime: 0, // it names the person
  });

export const subjectQuery = (id: string) =>
  queryOptions({
    queryKey: ['stakeholders', 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}', { params: { path: { id } }, signal })),
    retry: false,
  });

function useOpened() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (request: PrivacyRequest) => {
    client.setQueryData(requestQuery(request.id).queryKey, request);
    await client.invalidateQueries({ queryKey: [...privacyKey, 'list'] });
    await navigate({ to: '/settings/privacy/requests/$id', params: { id: request.id } });
  };
}

export function useAskErasure() {
  const opened = useOpened();
  return useMutation({
    mutationFn: (stakeholderId: string) =>
      data(api.POST('/privacy/erasures', { body: { stakeholderId } })),
    onSuccess: opened,
    onError: sayFailed,
  });
}

export function useAskExport() {
  const opened = useOpened();
  return useMutation({
    mutationFn: (stakeholderId: string) =>
      data(api.POST('/privacy/exports', { body: { stakeholderId } })),
    onSuccess: opened,
    onError: sayFailed,
  });
}

export function useSetForms(request: PrivacyRequest) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { forms: ErasureForm[]; texts: boolean }) =>
      data(
        api.PUT('/privacy/requests/{id}', {
          params: { path: { id: request.id }, header: ifMatch(request.rev) },
          body,
        }),
      ),
    onSuccess: (saved) => client.setQueryData(requestQuery(request.id).queryKey, saved),
    onError: sayFailed,
  });
}

export function useDrop(request: PrivacyRequest) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () =>
      data(
        api.DELETE('/privacy/requests/{id}', {
          params: { path: { id: request.id }, header: ifMatch(request.rev) },
        }),
      ),
    onSuccess: async () => {
      sayDone('The erasure was dropped. Nothing has been changed.');
      await navigate({ to: '/settings/privacy' });
      await client.invalidateQueries({ queryKey: [...privacyKey, 'list'] });
    },
    onError: sayFailed,
  });
}

export interface Confirmation {
  name: string;
  ground: NonNullable<PrivacyRequest['ground']>;
  reason: string;
}

export function useConfirm(request: PrivacyRequest, onError: (error: unknown) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Confirmation) =>
      data(
        api.POST('/privacy/requests/{id}/confirm', {
          params: { path: { id: request.id }, header: ifMatch(request.rev) },
          body: { ...body, ground: body.ground as 'objection' },
        }),
      ),
    onError,
    // Whatever screen remembers may name the person.
    onSuccess: (saved) => {
      client.removeQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'privacy',
      });
      client.setQueryData(requestQuery(request.id).queryKey, saved);
    },
  });
}
