import type { Task } from '@/shared/api/types';
import { daysBetween, formatDate, today } from '@/shared/format/date';
import { Tag } from '@/shared/ui/Tag';
import classes from './tasks.module.css';
import { TickBox } from './TickBox';

/** Open tasks, each with a box to tick it off. */
export function TaskList({ tasks }: { tasks: Task[] }) {
  return (
    <ul className={classes.list}>
      {tasks.map((task) => (
        <li key={task.id}>
          <TickBox task={task} label={task.title} />
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
