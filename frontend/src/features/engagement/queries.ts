import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import { ProblemError } from '@/shared/api/problem';
import type {
  Interaction,
  InteractionChange,
  InteractionFields,
  TaskFields,
  TimelineEntry,
} from '@/shared/api/types';
import { tasksKey, timelineKey } from '@/shared/tasks/queries';
import { sayDone } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';

export type Kind = TimelineEntry['kind'];

/** The timeline of a stakeholder, page by page from the newest on. */
export function useTimeline(id: string, kinds: readonly Kind[]) {
  return useInfiniteQuery({
    queryKey: [...timelineKey, id, kinds],
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET('/stakeholders/{id}/timeline', {
          params: {
            path: { id },
            query: {
              limit: 30,
              ...(pageParam && { cursor: pageParam }),
              kinds: [...kinds],
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

const followsQuery = queryOptions({
  queryKey: ['follows'],
  queryFn: ({ signal }) => data(api.GET('/follows', { signal })),
});

export const isFollowedQuery = (id: string) => ({
  ...followsQuery,
  select: ({ stakeholderIds }: { stakeholderIds: string[] }) => stakeholderIds.includes(id),
});

export function useFollow(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (follow: boolean) => {
      const params = { path: { id } };
      return data(
        follow ? api.PUT('/follows/{id}', { params }) : api.DELETE('/follows/{id}', { params }),
      );
    },
    onSuccess: (_, follow) => {
      sayDone(
        follow ? 'What is new about them comes with your mail of the day.' : 'No longer followed.',
      );
      return client.invalidateQueries({ queryKey: ['follows'] });
    },
  });
}

/** What quick add sends: an interaction, or a task. */
export type Entry = { interaction: InteractionFields } | { task: TaskFields };

export function useAdd() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (entry: Entry): Promise<unknown> =>
      'task' in entry
        ? data(api.POST('/tasks', { body: entry.task }))
        : data(api.POST('/interactions', { body: entry.interaction })),
    // Nobody waits for the lists: the form would close only after them, and by then it may be the next one.
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: timelineKey });
      void client.invalidateQueries({ queryKey: tasksKey });
    },
    // The form shows what was refused.
    onError: () => undefined,
  });
}

const read = (id: string, signal?: AbortSignal) =>
  data(api.GET('/interactions/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

/** An interaction to change. What lies in the trash is not: it would be saved out of sight. */
export async function readInteraction(id: string, signal?: AbortSignal): Promise<Interaction> {
  const one = await read(id, signal);
  if (!one.trashedAt) return one;
  throw new ProblemError(409, { detail: 'Somebody has moved this to the trash meanwhile.' });
}

/** The whole text of an interaction or a task, of which the timeline has the beginning. */
export const wholeQuery = ({ id, kind }: TimelineEntry) =>
  queryOptions({
    queryKey: [...timelineKey, 'whole', id],
    queryFn: async ({ signal }) => {
      if (kind !== 'task') return (await read(id, signal)).minutes ?? '';
      return (await data(api.GET('/tasks/{id}', { params: { path: { id } }, signal }))).notes ?? '';
    },
  });

/** An interaction to read. */
export const entryQuery = (id: string) =>
  queryOptions({
    queryKey: [...timelineKey, 'entry', id],
    queryFn: ({ signal }) => readInteraction(id, signal),
  });

/** An interaction for the dialog: as it is now each time it opens, and the same while it is open. */
export const editedQuery = (id: string) =>
  queryOptions({
    queryKey: ['interactions', 'edited', id],
    queryFn: ({ signal }) => readInteraction(id, signal),
    staleTime: Infinity,
    gcTime: 0,
  });

export const changeInteraction = (of: Interaction, body: InteractionChange) =>
  data(
    api.PUT('/interactions/{id}', {
      params: { path: { id: of.id }, header: ifMatch(of.rev) },
      body,
    }),
  );

export function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: timelineKey });
}

/** What lies in the trash of a stakeholder's timeline, the newest first. */
export const trashedQuery = (stakeholderId: string) =>
  infiniteQueryOptions({
    queryKey: [...timelineKey, 'trashed', stakeholderId],
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET('/interactions', {
          params: {
            query: {
              stakeholderId,
              trashed: true,
              limit: 30,
              ...(pageParam && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export function useRestore() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) =>
      data(api.POST('/interactions/{id}/restore', { params: { path: { id } } })),
    onSuccess: refresh,
  });
}

/** Moves an interaction to the trash as it was read, with a way back. */
export function useTrash() {
  const refresh = useRefresh();
  const restore = useRestore();
  return useMutation({
    mutationFn: ({ id, rev }: { id: string; rev: number }) =>
      data(api.DELETE('/interactions/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: ({ id }) => sayUndoable('Moved to the trash.', () => restore.mutate(id)),
    onSettled: refresh,
  });
}
