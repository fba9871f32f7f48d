import type { Call } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { StateTag } from '@/shared/calls/StateTag';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import { callKindWords, say } from '@/shared/format/words';
import type { Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import { When } from '@/shared/ui/When';
import classes from './calls.module.css';

/** What the list shows when nobody has chosen. */
export const ownColumns = ['title', 'programme', 'state', 'deadline', 'budget'];

const money = (call: Call, minor: number | undefined) =>
  minor && call.budget && formatMajorMoney(minor, call.budget.currency);

/** Every column under the name that the API exports it by. */
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
  { key: 'identifier', header: 'Identifier', width: '18%', cell: (call) => call.identifier },
  {
    key: 'programme',
    header: 'Programme',
    width: '20%',
    wideOnly: true,
    cell: (call) => (
      <span title={call.programmeLabel}>{call.programmeLabel || call.programme}</span>
    ),
  },
  { key: 'kind', header: 'Kind', width: '100px', cell: (call) => say(callKindWords, call.kind) },
  {
    key: 'state',
    header: 'State',
    width: '112px',
    cell: (call) => <StateTag state={call.state} />,
  },
  {
    key: 'opens',
    header: 'Opens',
    sort: 'opens',
    width: '112px',
    cell: (call) => formatDate(call.opens),
  },
  {
    key: 'deadline',
    header: 'Deadline',
    sort: 'deadline',
    width: '150px',
    cell: (call) => <Deadline call={call} />,
  },
  {
    key: 'deadlines',
    header: 'All deadlines',
    width: '16%',
    cell: (call) => call.deadlines.map(({ date }) => formatDate(date)).join(', '),
  },
  {
    key: 'typeOfAction',
    header: 'Type of action',
    width: '18%',
    cell: (call) => call.typeOfAction.join(', '),
  },
  { key: 'callTitle', header: 'Part of', width: '18%', cell: (call) => call.callTitle },
  {
    key: 'budget',
    header: 'Budget',
    width: '150px',
    numeric: true,
    wideOnly: true,
    cell: (call) => money(call, call.budget?.total),
  },
  {
    key: 'minGrant',
    header: 'Smallest grant',
    width: '140px',
    numeric: true,
    cell: (call) => money(call, call.budget?.minContribution),
  },
  {
    key: 'maxGrant',
    header: 'Largest grant',
    width: '140px',
    numeric: true,
    cell: (call) => money(call, call.budget?.maxContribution),
  },
  { key: 'languages', header: 'Languages', width: '10%', cell: (one) => one.languages.join(', ') },
  { key: 'url', header: 'Page', width: '18%', cell: (call) => call.url },
  {
    key: 'firstSeenAt',
    header: 'First seen',
    width: '104px',
    numeric: true,
    cell: (call) => <When at={call.firstSeenAt} short />,
  },
  {
    key: 'changedAt',
    header: 'Changed',
    sort: 'changedAt',
    width: '104px',
    numeric: true,
    cell: (call) => <When at={call.changedAt} short />,
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
