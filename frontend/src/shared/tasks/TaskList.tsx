import type { Task } from '@/shared/api/types';
import { daysBetween, formatDate, today } from '@/shared/format/date';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import classes from './tasks.module.css';
import { TickBox } from './TickBox';

/** Open tasks: the box ticks one off, its title opens it. */
export function TaskList({ tasks }: { tasks: Task[] }) {
  return (
    <ul className={classes.list}>
      {tasks.map((task) => (
        <li key={task.id}>
          <TickBox task={task} />
          <TextLink to="/tasks" search={{ task: task.id }} className={classes.title}>
            {task.title}
          </TextLink>
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
      {late && <Tag tone="warn">Overdue</Tag>}
      <span>{formatDate(day)}</span>
    </span>
  );
}
