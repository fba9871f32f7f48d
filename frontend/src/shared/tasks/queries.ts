import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Task } from '@/shared/api/types';
import { sayUndoable } from '@/shared/ui/undo';

/** Whatever shows tasks or what became of them begins its key with one of these. */
export const tasksKey = ['tasks'] as const;
export const timelineKey = ['timeline'] as const;

/** Lists of tasks that are made together. */
export const templatesQuery = queryOptions({
  queryKey: ['task-templates'],
  queryFn: ({ signal }) =>
    data(api.GET('/task-templates', { params: { query: { limit: 500 } }, signal })),
});

/** Open tasks in the order in which they are due: one's own, or those with a stakeholder. */
export const openTasksQuery = (of: { ownerId: 'me' } | { stakeholderId: string }) =>
  queryOptions({
    queryKey: [...tasksKey, of],
    queryFn: ({ signal }) =>
      data(
        api.GET('/tasks', {
          params: { query: { ...of, state: 'open', sort: 'due', limit: 20 } },
          signal,
        }),
      ),
  });

/** Ticks a task off, with a way back. */
export function useTick() {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: ({ task, state }: { task: Task; state: Task['state'] }) =>
      data(
        api.PUT('/tasks/{id}/state', {
          params: { path: { id: task.id }, header: ifMatch(task.rev) },
          body: { state },
        }),
      ),
    onSuccess: (saved) => {
      if (saved.state === 'done') {
        sayUndoable(`Done: ${saved.title}`, () => set.mutate({ task: saved, state: 'open' }));
      }
    },
    // Also after a refusal: somebody else may have changed it.
    onSettled: () =>
      Promise.all(
        [tasksKey, timelineKey].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
  return set;
}
