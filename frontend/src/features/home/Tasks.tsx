import { useQuery } from '@tanstack/react-query';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { openTasksQuery } from '@/shared/tasks/queries';
import { TaskList } from '@/shared/tasks/TaskList';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';

/** One's own open tasks, the most pressing first. */
export function Tasks() {
  const tasks = useQuery(openTasksQuery({ ownerId: 'me' }));
  return (
    <Section title="My tasks" actions={<TextLink to="/tasks">All tasks</TextLink>}>
      <Ready query={tasks} loading={<LoadingRows rows={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="You have no open tasks.">
              Add one on the page of a stakeholder, and it shows here by its day.
            </EmptyState>
          ) : (
            <TaskList tasks={items} />
          )
        }
      </Ready>
    </Section>
  );
}
