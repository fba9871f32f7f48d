import type { Agreement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { say, sourceTypeWords } from '@/shared/format/words';
import type { Column } from '@/shared/table/RecordTable';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import { MoneyMark } from '@/shared/funding/MoneyNotice';
import { agreementStateWords, agreementTones } from './words';
import classes from './agreements.module.css';

const text: Column<Agreement>[] = [
  { key: 'title', header: 'Agreement', sort: 'title', cell: (one) => <Title one={one} /> },
  { key: 'donor', header: 'Donor', width: '22%', cell: (one) => <Donor one={one} /> },
  {
    key: 'state',
    header: 'State',
    width: '110px',
    cell: (one) => <AgreementStateTag state={one.state} />,
  },
  {
    key: 'sourceType',
    header: 'Source',
    width: '120px',
    wideOnly: true,
    cell: (one) => say(sourceTypeWords, one.sourceType),
  },
  { key: 'term', header: 'Ends', sort: 'to', width: '112px', cell: (one) => formatDate(one.to) },
  { key: 'due', header: 'Owed next', width: '150px', cell: (one) => <Owed one={one} /> },
];

const amounts: Column<Agreement>[] = [
  {
    key: 'amount',
    header: 'Amount',
    sort: 'amount',
    width: '170px',
    numeric: true,
    cell: (one) => formatMoney(one.amount),
  },
];

/** The columns of the list; amounts only for who reads them. */
export const columnsFor = (mayReadAmounts: boolean) =>
  mayReadAmounts ? [...text, ...amounts] : text;

export function AgreementStateTag({ state }: { state: Agreement['state'] }) {
  return <Tag tone={agreementTones[state]}>{agreementStateWords[state]}</Tag>;
}

function Title({ one }: { one: Agreement }) {
  return (
    <>
      <TextLink to="/funding/agreements/$id" params={{ id: one.id }} c="inherit" fw={500}>
        {one.title}
      </TextLink>
      {one.number && <div className={classes.mute}>{one.number}</div>}
    </>
  );
}

function Donor({ one }: { one: Agreement }) {
  return (
    <>
      {one.donorName}
      {one.ultimateDonorId !== one.donorId && (
        <div className={classes.mute}>money of {one.ultimateDonorName}</div>
      )}
      <MoneyMark check={one.diligence} />
    </>
  );
}

function Owed({ one }: { one: Agreement }) {
  if (!one.nextDue) return null;
  return (
    <>
      {formatDate(one.nextDue)}
      {one.overdue > 0 && (
        <div>
          <Tag tone="bad">{one.overdue} overdue</Tag>
        </div>
      )}
    </>
  );
}

export function compactRow(one: Agreement) {
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
        <span style={{ minWidth: 0 }}>
          <Title one={one} />
        </span>
        <AgreementStateTag state={one.state} />
      </div>
      <div className={classes.mute}>
        {one.donorName}
        {one.to && ` · ends ${formatDate(one.to)}`}
        {one.amount && ` · ${formatMoney(one.amount)}`}
      </div>
      {one.overdue > 0 && <Tag tone="bad">{one.overdue} overdue</Tag>}
      <MoneyMark check={one.diligence} />
    </>
  );
}
