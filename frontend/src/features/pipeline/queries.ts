import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import { isStatus, ProblemError } from '@/shared/api/problem';
import type {
  Board,
  Effort,
  GoNoGo,
  Lost,
  NewOpportunity,
  Opportunity,
  OpportunityFields,
  OpportunityPage,
  Stage,
  StageTemplate,
} from '@/shared/api/types';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';
import { moved } from './moves';
import type { PipelineFilter } from './search';

export const all = ['opportunities'] as const;
const boards = [...all, 'board'] as const;

export const boardQuery = (filter: PipelineFilter) =>
  queryOptions({
    queryKey: [...boards, filter],
    queryFn: ({ signal }) =>
      data(api.GET('/pipeline/board', { params: { query: filter }, signal })),
  });

export function readPage(
  filter: PipelineFilter & { sort?: string | undefined; callId?: string },
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
) {
  return data(api.GET('/opportunities', { params: { query: { ...filter, ...page } }, signal }));
}

export const opportunityQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'one', id],
    queryFn: ({ signal }) =>
      data(api.GET('/opportunities/{id}', { params: { path: { id } }, signal })),
  });

export const stagesQuery = queryOptions({
  queryKey: ['pipeline', 'stages'],
  queryFn: ({ signal }) => data(api.GET('/pipeline/stages', { signal })),
  staleTime: Infinity,
});

/** Which template of tasks each stage brings. */
export const stageTemplatesQuery = queryOptions({
  queryKey: ['pipeline', 'templates'],
  queryFn: ({ signal }) => data(api.GET('/pipeline/templates', { signal })),
});

export function useSetStageTemplates() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: stageTemplatesQuery.queryKey });
  return useMutation({
    mutationFn: ({ rev, templates }: { rev: number; templates: StageTemplate[] }) =>
      data(
        api.PUT('/pipeline/templates', {
          params: { header: ifMatch(rev) },
          body: { templates },
        }),
      ),
    onSuccess: () => {
      sayDone('The next move into a stage brings these tasks.');
      return refresh();
    },
    onError: (error) => (isStatus(error, 412) ? refresh() : undefined),
  });
}

export const returnsQuery = queryOptions({
  queryKey: [...all, 'returns'],
  queryFn: ({ signal }) => data(api.GET('/pipeline/returns', { signal })),
});

export interface Move {
  one: Pick<Opportunity, 'id' | 'rev' | 'stage' | 'title'>;
  to: Stage;
  note?: string;
  on?: string;
  lost?: Lost;
}

/** Moves at once on the screen; what the server refuses goes back to where it was. */
export function useMove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ one, to, ...rest }: Move) =>
      data(
        api.PUT('/opportunities/{id}/stage', {
          params: { path: { id: one.id }, header: ifMatch(one.rev) },
          body: { stage: to, ...rest },
        }),
      ),
    onMutate: async ({ one, to }) => {
      await client.cancelQueries({ queryKey: boards });
      const before = client.getQueriesData<Board>({ queryKey: boards });
      client.setQueriesData<Board>({ queryKey: boards }, (board) =>
        board ? moved(board, one.id, to) : board,
      );
      return { before };
    },
    onError: (error, _move, context) => {
      for (const [key, board] of context?.before ?? []) client.setQueryData(key, board);
      sayFailed(
        isStatus(error, 412)
          ? new ProblemError(412, {
              detail: 'Somebody else has changed it meanwhile. What you see is up to date now.',
            })
          : error,
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}

export function useCreate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewOpportunity) => data(api.POST('/opportunities', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
    onError: shownByTheForm,
  });
}

type Change = { fields: OpportunityFields } | { effort: Effort[] } | { goNoGo: GoNoGo };

/** Changes one part of a record: its fields, its effort or its go/no-go. */
export function useChange(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rev, change }: { rev: number; change: Change }): Promise<OpportunityPage> => {
      const params = { path: { id }, header: ifMatch(rev) };
      if ('fields' in change)
        return data(api.PUT('/opportunities/{id}', { params, body: change.fields }));
      if ('effort' in change)
        return data(
          api.PUT('/opportunities/{id}/effort', { params, body: { effort: change.effort } }),
        );
      return data(api.PUT('/opportunities/{id}/go-no-go', { params, body: change.goNoGo }));
    },
    onSuccess: async (saved) => {
      client.setQueryData(opportunityQuery(id).queryKey, saved);
      await client.invalidateQueries({ queryKey: all });
    },
    onError: shownByTheForm,
  });
}

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      data(api.POST('/opportunities/{id}/restore', { params: { path: { id } } })),
    onSuccess: async () => {
      sayDone('Restored.');
      await client.invalidateQueries({ queryKey: all });
    },
  });
}

/** Puts a record in the trash and offers to take that back. */
export function useTrash() {
  const client = useQueryClient();
  const restore = useRestore();
  return useMutation({
    mutationFn: ({ id, rev }: OpportunityPage) =>
      data(api.DELETE('/opportunities/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: async (_answer, { id, title }) => {
      await client.invalidateQueries({ queryKey: all });
      sayUndoable(`${title} is in the trash.`, () => restore.mutate(id));
    },
  });
}

function shownByTheForm() {
  // The form that started this shows the complaints beside its fields.
}
