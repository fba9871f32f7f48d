import { useQuery } from '@tanstack/react-query';
import type { Stakeholder } from '@/shared/api/types';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { openTasksQuery } from '@/shared/tasks/queries';
import { TaskList } from '@/shared/tasks/TaskList';
import { Section } from '@/shared/ui/Page';

/** What is still to be done with this stakeholder. */
export function OpenTasks({ one }: { one: Stakeholder }) {
  const tasks = useQuery(openTasksQuery({ stakeholderId: one.id }));
  return (
    <Section title="Open tasks">
      <Ready query={tasks} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing is to be done." />
          ) : (
            <TaskList tasks={items} />
          )
        }
      </Ready>
    </Section>
  );
}
