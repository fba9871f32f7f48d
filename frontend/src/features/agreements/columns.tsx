import type { Agreement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { earmarkingWords, restrictionWords, say, sourceTypeWords } from '@/shared/format/words';
import { ColleagueName } from '@/shared/session/ColleagueName';
import type { Column } from '@/shared/table/RecordTable';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { MoneyMark } from '@/shared/funding/MoneyNotice';
import { agreementStateWords, agreementTones } from './words';
import classes from './agreements.module.css';

/** What the list shows when nobody has chosen. */
export const ownColumns = ['title', 'donor', 'ultimateDonor', 'state', 'to', 'nextDue', 'amount'];

const text: Column<Agreement>[] = [
  { key: 'title', header: 'Agreement', sort: 'title', cell: (one) => <Title one={one} /> },
  { key: 'number', header: 'Number', width: '14%', cell: (one) => one.number },
  { key: 'donor', header: 'Donor', width: '19%', cell: (one) => <Donor one={one} /> },
  {
    key: 'ultimateDonor',
    header: 'Money of',
    width: '16%',
    wideOnly: true,
    // Mostly it is the payer's own, and then it should not ask to be read twice.
    cell: (one) => (
      <span style={one.ultimateDonorId === one.donorId ? { color: 'var(--mute)' } : undefined}>
        {one.ultimateDonorName}
      </span>
    ),
  },
  { key: 'lead', header: 'Passed on by', width: '16%', cell: (one) => one.leadName },
  { key: 'programme', header: 'Programme', width: '16%', cell: (one) => one.programme },
  {
    key: 'owner',
    header: 'Looked after by',
    width: '14%',
    cell: (one) => <ColleagueName id={one.ownerId} />,
  },
  {
    key: 'state',
    header: 'State',
    width: '110px',
    cell: (one) => <AgreementStateTag state={one.state} />,
  },
  {
    key: 'sourceType',
    header: 'Source type',
    width: '120px',
    cell: (one) => say(sourceTypeWords, one.sourceType),
  },
  {
    key: 'earmarking',
    header: 'Earmarking',
    width: '150px',
    cell: (one) => say(earmarkingWords, one.earmarking),
  },
  {
    key: 'restriction',
    header: 'Restriction',
    width: '120px',
    cell: (one) => say(restrictionWords, one.restriction),
  },
  {
    key: 'signedOn',
    header: 'Signed',
    sort: 'signedOn',
    width: '112px',
    cell: (one) => formatDate(one.signedOn),
  },
  {
    key: 'from',
    header: 'Begins',
    sort: 'from',
    width: '112px',
    cell: (one) => formatDate(one.from),
  },
  { key: 'to', header: 'Ends', sort: 'to', width: '112px', cell: (one) => formatDate(one.to) },
  { key: 'nextDue', header: 'Owed next', width: '124px', cell: (one) => <Owed one={one} /> },
  { key: 'overdue', header: 'Overdue', width: '90px', numeric: true, cell: (one) => one.overdue },
  {
    key: 'diligence',
    header: 'Due diligence',
    width: '18%',
    cell: (one) => one.diligence?.warning,
  },
  {
    key: 'updatedAt',
    header: 'Changed',
    width: '92px',
    numeric: true,
    cell: (one) => <When at={one.updatedAt} short />,
  },
];

const amounts = (currency: string): Column<Agreement>[] => [
  {
    key: 'amount',
    header: 'Amount',
    sort: 'amount',
    width: '160px',
    numeric: true,
    cell: (one) => formatMoney(one.amount),
  },
  {
    key: 'worth',
    header: `In ${currency}`,
    width: '150px',
    numeric: true,
    cell: (one) => formatMoney(one.worth),
  },
  {
    key: 'paid',
    header: 'Paid',
    width: '150px',
    numeric: true,
    cell: (one) => formatMoney(one.progress?.paid),
  },
];

/** Every column under the name that the API exports it by; amounts only for who reads them. */
export const columnsFor = (mayReadAmounts: boolean, currency: string) =>
  mayReadAmounts ? [...text, ...amounts(currency)] : text;

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
      <div
        style={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'flex-start',
          gap: 12,
        }}
      >
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
