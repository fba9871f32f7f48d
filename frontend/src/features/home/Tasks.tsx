import { useQuery } from '@tanstack/react-query';
import type { Task } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { openTasksQuery } from '@/shared/tasks/queries';
import { TaskList } from '@/shared/tasks/TaskList';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './home.module.css';
import { pressing } from './pressing';

/** One's own open tasks, the most pressing first. */
export function Tasks() {
  const tasks = useQuery(openTasksQuery({ ownerId: 'me' }));
  return (
    <Section title="My tasks" actions={<TextLink to="/tasks">All tasks</TextLink>}>
      <Ready query={tasks} loading={<LoadingRows rows={4} />}>
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyState title="You have no open tasks.">
              Add one on the page of a stakeholder, and it shows here by its day.
            </EmptyState>
          ) : (
            <Pressing tasks={items} total={total} />
          )
        }
      </Ready>
    </Section>
  );
}

function Pressing({ tasks, total }: { tasks: Task[]; total: number }) {
  const shown = pressing(tasks, today());
  const more = total - shown.length;
  return (
    <>
      <TaskList tasks={shown} />
      {more > 0 && (
        <p className={classes.basis}>
          <TextLink to="/tasks">{plural(more, 'more task')}</TextLink>
          {shown.length < tasks.length && ' for later'}
        </p>
      )}
    </>
  );
}
