import type { Call } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { StateTag } from '@/shared/calls/StateTag';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import type { Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import classes from './calls.module.css';

export const columns: Column<Call>[] = [
  {
    key: 'title',
    header: 'Call',
    sort: 'title',
    cell: (call) => (
      <>
        <RowLink to="/calls/$id" params={{ id: call.id }} title={call.title}>
          {call.title}
        </RowLink>
        <div className={classes.second}>{call.identifier || call.callTitle}</div>
      </>
    ),
  },
  {
    key: 'programme',
    header: 'Programme',
    width: '20%',
    wideOnly: true,
    cell: (call) => (
      <span title={call.programmeLabel}>{call.programmeLabel || call.programme}</span>
    ),
  },
  {
    key: 'state',
    header: 'State',
    width: '112px',
    cell: (call) => <StateTag state={call.state} />,
  },
  {
    key: 'deadline',
    header: 'Deadline',
    sort: 'deadline',
    width: '150px',
    cell: (call) => <Deadline call={call} />,
  },
  {
    key: 'budget',
    header: 'Budget',
    width: '150px',
    numeric: true,
    wideOnly: true,
    cell: (call) => call.budget?.total && formatMajorMoney(call.budget.total, call.budget.currency),
  },
];

function Deadline({ call }: { call: Call }) {
  const next = call.nextDeadline ?? call.deadlines.at(-1)?.date;
  if (!next) return <span className={classes.second}>none given</span>;
  const others = call.deadlines.length - 1;
  return (
    <>
      {formatDate(next)}
      {others > 0 && <span className={classes.second}> +{others}</span>}
      <div className={classes.small}>
        <DaysLeft date={next} />
      </div>
    </>
  );
}

export function compactRow(call: Call) {
  const next = call.nextDeadline ?? call.deadlines.at(-1)?.date;
  return (
    <>
      <RowLink to="/calls/$id" params={{ id: call.id }}>
        {call.title}
      </RowLink>
      <div className={classes.compactLine}>
        <StateTag state={call.state} />
        {next && (
          <span>
            {formatDate(next)} · <DaysLeft date={next} />
          </span>
        )}
        <span>{call.programmeLabel}</span>
      </div>
    </>
  );
}
