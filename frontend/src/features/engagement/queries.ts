import { queryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { InteractionFields, TaskFields, TimelineEntry } from '@/shared/api/types';
import { tasksKey, timelineKey } from '@/shared/tasks/queries';
import { sayDone } from '@/shared/ui/say';

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
              // One value, parted by commas: so the API reads lists.
              ...(kinds.length > 0 && { kinds: [kinds.join(',') as Kind] }),
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
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: timelineKey }),
        client.invalidateQueries({ queryKey: tasksKey }),
      ]),
    // The form shows what was refused.
    onError: () => undefined,
  });
}
