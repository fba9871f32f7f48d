import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { ListOf, Task, TaskFields } from '@/shared/api/types';
import { readNames } from '@/shared/stakeholders/names';
import { tasksKey, timelineKey } from '@/shared/tasks/queries';
import { ownWhere, switchesOf, type TasksSearch } from './search';

/** A task with the names of the stakeholders that it is about. */
export type Listed = Task & { about: { id: string; name: string }[] };

/** What the API is asked for. */
export function askedOf({ q, where = ownWhere, sort }: TasksSearch) {
  const { which } = switchesOf(where);
  return { q, where, sort: sort ?? (which === 'done' ? ('-doneAt' as const) : ('due' as const)) };
}

export async function readTasks(
  asked: ReturnType<typeof askedOf>,
  page: { limit: number; cursor?: string },
  signal: AbortSignal,
): Promise<ListOf<Listed>> {
  const query = { ...asked, ...page };
  const found = await data(api.GET('/tasks', { params: { query }, signal }));
  const names = await readNames(
    found.items.flatMap((one) => one.stakeholderIds),
    signal,
  );
  const about = (one: Task) =>
    one.stakeholderIds.flatMap((id) => {
      const name = names.get(id);
      return name === undefined ? [] : [{ id, name }];
    });
  return { ...found, items: found.items.map((one) => ({ ...one, about: about(one) })) };
}

export const readTask = (id: string, signal?: AbortSignal) =>
  data(api.GET('/tasks/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

/** For a form: it begins from what is read now, never from what was kept. */
export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: [...tasksKey, 'one', id],
    queryFn: ({ signal }) => readTask(id, signal),
    gcTime: 0,
  });

/** Adds a task, or changes the one that was read. */
export const writeTask = (body: TaskFields, of: Task | null) =>
  data(
    of
      ? api.PUT('/tasks/{id}', { params: { path: { id: of.id }, header: ifMatch(of.rev) }, body })
      : api.POST('/tasks', { body }),
  );

export function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: tasksKey }),
      client.invalidateQueries({ queryKey: timelineKey }),
    ]);
}
