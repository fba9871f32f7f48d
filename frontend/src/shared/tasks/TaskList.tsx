import { Checkbox } from '@mantine/core';
import type { Task } from '@/shared/api/types';
import { daysBetween, formatDate, today } from '@/shared/format/date';
import { useMay } from '@/shared/session/session';
import { Tag } from '@/shared/ui/Tag';
import { useTick } from './queries';
import classes from './tasks.module.css';

/** Open tasks, each with a box to tick it off. */
export function TaskList({ tasks }: { tasks: Task[] }) {
  const tick = useTick();
  const mayWrite = useMay('engagement:write');
  return (
    <ul className={classes.list}>
      {tasks.map((task) => (
        <li key={task.id}>
          <Checkbox
            size="sm"
            radius="xl"
            checked={tick.isPending && tick.variables.task.id === task.id}
            disabled={!mayWrite}
            label={task.title}
            onChange={() => tick.mutate({ task, state: 'done' })}
          />
          <Due day={task.due} />
        </li>
      ))}
    </ul>
  );
}

function Due({ day }: { day: string | undefined }) {
  if (!day) return null;
  const late = (daysBetween(today(), day) ?? 0) < 0;
  return (
    <span className={classes.due}>
      {late && <Tag tone="warn">Overdue</Tag>} {formatDate(day)}
    </span>
  );
}
