import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Template, TemplateFields } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { tasksKey, templatesQuery } from '@/shared/tasks/queries';
import { sayDone } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';

const key = templatesQuery.queryKey;

export function useSaveTemplate(before: Template | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TemplateFields) =>
      data(
        before
          ? api.PUT('/task-templates/{id}', {
              params: { path: { id: before.id }, header: ifMatch(before.rev) },
              body,
            })
          : api.POST('/task-templates', { body }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
    // The form shows what was refused.
    onError: () => undefined,
  });
}

/** Removes a template; the way back adds it anew. */
export function useRemoveTemplate() {
  const client = useQueryClient();
  // Its form is long gone, so what is refused is said as everywhere.
  const add = useMutation({
    mutationFn: (body: TemplateFields) => data(api.POST('/task-templates', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
  return useMutation({
    mutationFn: ({ id, rev }: Template) =>
      data(api.DELETE('/task-templates/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    onSuccess: async (_, { name, anchor, items }) => {
      sayUndoable(`The template ${name} is gone.`, () =>
        add.mutate({ name, items, ...(anchor && { anchor }) }),
      );
      await client.invalidateQueries({ queryKey: key });
    },
  });
}

interface Application {
  template: Template;
  stakeholderId: string;
  anchor: string;
  /** One for each time that the dialog is opened: a double click makes the tasks once. */
  key: string;
}

export function useApplyTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ template, ...body }: Application) =>
      data(api.POST('/task-templates/{id}/apply', { params: { path: { id: template.id } }, body })),
    onSuccess: ({ items }) => {
      sayDone(`${plural(items.length, 'task was', 'tasks were')} added.`);
      return client.invalidateQueries({ queryKey: tasksKey });
    },
    onError: () => undefined,
  });
}
