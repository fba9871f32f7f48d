import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Affiliation, AffiliationFields, Stakeholder } from '@/shared/api/types';
import { sayUndoable } from '@/shared/ui/undo';

export const affiliationsKey = ['affiliations'] as const;

/** Whose posts: of a person, or at an organisation and its seats. */
export const scopeOf = ({ id, kind }: Stakeholder) =>
  kind === 'person' ? { person: id } : { within: id };

/** The posts of a record, the latest first, what is past among them. */
export const postsQuery = (one: Stakeholder) =>
  queryOptions({
    queryKey: [...affiliationsKey, one.id],
    queryFn: ({ signal }) =>
      data(
        api.GET('/affiliations', {
          params: { query: { ...scopeOf(one), sort: '-from', limit: 500 } },
          signal,
        }),
      ),
  });

/** What hangs right below an organisation: its seats, or the people filed there. */
export const filedQuery = (parentId: string, kind: 'seat' | 'person') =>
  queryOptions({
    queryKey: ['stakeholders', 'filed', parentId, kind],
    queryFn: ({ signal }) =>
      data(
        api.GET('/stakeholders', {
          params: { query: { parentId, kind, sort: 'name', limit: 200 } },
          signal,
        }),
      ),
  });

export const readAffiliation = (id: string) =>
  data(api.GET('/affiliations/{id}', { params: { path: { id } } }));

/** What may be written of a post. */
export const fieldsOf = (post: Affiliation): AffiliationFields => ({
  personId: post.personId,
  atId: post.atId,
  primary: post.primary ?? false,
  ...(post.title && { title: post.title }),
  ...(post.from && { from: post.from }),
  ...(post.to && { to: post.to }),
  ...(post.note && { note: post.note }),
});

export const create = (body: AffiliationFields) => data(api.POST('/affiliations', { body }));

export const change = (post: Affiliation, body: AffiliationFields) =>
  data(
    api.PUT('/affiliations/{id}', {
      params: { path: { id: post.id }, header: ifMatch(post.rev) },
      body,
    }),
  );

export function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: affiliationsKey });
}

/** Ends the post of who holds it and gives it to the next, in one step. */
export function useSucceed(post: Affiliation) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { personId: string; from: string; title: string }) =>
      data(
        api.POST('/affiliations/{id}/successor', {
          params: { path: { id: post.id }, header: ifMatch(post.rev) },
          body,
        }),
      ),
    // The form shows what was refused.
    onError: () => undefined,
    onSettled: refresh,
  });
}

/** Removes what was a mistake, with a way back. */
export function useRemove() {
  const refresh = useRefresh();
  const back = useMutation({ mutationFn: create, onSuccess: refresh });
  return useMutation({
    mutationFn: ({ id, rev }: Affiliation) =>
      data(api.DELETE('/affiliations/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: async (_answer, post) => {
      sayUndoable('The post is removed.', () => back.mutate(fieldsOf(post)));
      await refresh();
    },
    onSettled: refresh,
  });
}
