import { useQuery } from '@tanstack/react-query';
import { daysBetween, formatDate, today } from '@/shared/format/date';
import { taskStateWords, say } from '@/shared/format/words';
import { MinutesLine } from '@/shared/minutes/Minutes';
import { colleaguesQuery } from '@/shared/session/colleagues';
import type { Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import { TickBox } from '@/shared/tasks/TickBox';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { Tag, Tags } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import type { Listed } from './queries';
import { tasksSearch } from './search';
import classes from './tasks.module.css';

export const ownColumns = ['title', 'due', 'owner', 'stakeholders'];

/** The box that ticks a task off stands before all others and goes into no export. */
export const tickColumn: Column<Listed> = {
  key: 'tick',
  header: 'Done',
  width: '52px',
  cell: (one) => <TickBox task={one} className={classes.tick} />,
};

/** Every column under the name that the API exports it by. */
export const columns: Column<Listed>[] = [
  { key: 'title', header: 'What', sort: 'title', cell: (one) => <Title one={one} /> },
  { key: 'due', header: 'Due', sort: 'due', width: '190px', cell: (one) => <Due one={one} /> },
  { key: 'owner', header: 'Owner', width: '170px', cell: (one) => <Name id={one.ownerId} /> },
  {
    key: 'stakeholders',
    header: 'Stakeholders',
    width: '26%',
    wideOnly: true,
    cell: (one) => <About one={one} />,
  },
  {
    key: 'state',
    header: 'State',
    width: '100px',
    cell: (one) => say(taskStateWords, one.state),
  },
  {
    key: 'reminders',
    header: 'Reminders',
    width: '110px',
    cell: (one) => one.reminders.join(', '),
  },
  { key: 'notes', header: 'Notes', width: '22%', cell: (one) => <Notes one={one} /> },
  {
    key: 'doneAt',
    header: 'Done',
    sort: 'doneAt',
    width: '130px',
    cell: (one) => <When at={one.doneAt} />,
  },
  { key: 'author', header: 'Added by', width: '170px', cell: (one) => <Name id={one.authorId} /> },
  {
    key: 'createdAt',
    header: 'Added',
    sort: 'createdAt',
    width: '130px',
    cell: (one) => <When at={one.createdAt} />,
  },
];

function Title({ one }: { one: Listed }) {
  return (
    <>
      <RowLink
        to="/tasks"
        search={(old) => ({ ...tasksSearch(old), task: one.id })}
        title={one.title}
      >
        {one.title}
      </RowLink>
      {one.private && (
        <span className={classes.private}>
          <Tag>Private</Tag>
        </span>
      )}
    </>
  );
}

function Due({ one }: { one: Listed }) {
  if (!one.due) return null;
  const late = one.state === 'open' && (daysBetween(today(), one.due) ?? 0) < 0;
  return (
    <>
      {formatDate(one.due)} {late && <Tag tone="warn">Overdue</Tag>}
    </>
  );
}

function Name({ id }: { id: string }) {
  return useQuery(colleaguesQuery).data?.get(id) ?? '';
}

function Notes({ one }: { one: Listed }) {
  const colleagues = useQuery(colleaguesQuery).data;
  const named = (one.mentions ?? []).flatMap(({ accountId }) => colleagues?.get(accountId) ?? []);
  return one.notes && <MinutesLine text={one.notes} mentions={named} />;
}

function About({ one }: { one: Listed }) {
  return (
    <span className={classes.about}>
      <Tags>
        {one.about.map(({ id, name }) => (
          <StakeholderLink key={id} id={id} name={name} />
        ))}
      </Tags>
    </span>
  );
}

export function compactRow(one: Listed) {
  return (
    <div className={classes.compact}>
      <TickBox task={one} className={classes.tick} />
      <div>
        <Title one={one} />
        <div className={classes.facts}>
          <Due one={one} /> <Name id={one.ownerId} />
        </div>
        {one.about.length > 0 && <About one={one} />}
      </div>
    </div>
  );
}
