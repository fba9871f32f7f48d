import type { Award } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import type { Column } from '@/shared/table/RecordTable';
import { Tag } from '@/shared/ui/Tag';
import classes from './awards.module.css';

export function recipientOf(one: Award): string {
  if (one.person) return 'A person';
  return one.recipientName || 'Not named';
}

function What({ of }: { of: Award }) {
  return (
    <>
      {recipientOf(of)}
      {of.title && <div className={classes.mute}>{of.title}</div>}
    </>
  );
}

const when = (one: Award) => (one.date ? formatDate(one.date) : one.year);
const where = (one: Award) => one.countries.map(countryName).join(', ');

export const columnsFor = (currency: string): Column<Award>[] => [
  { key: 'date', header: 'Date', sort: 'date', width: '120px', cell: when },
  { key: 'what', header: 'Recipient', cell: (one) => <What of={one} /> },
  {
    key: 'programme',
    header: 'Programme',
    width: '20%',
    wideOnly: true,
    cell: (one) => one.programme,
  },
  { key: 'countries', header: 'Countries', width: '17%', cell: where },
  {
    key: 'amount',
    header: 'Amount',
    width: '150px',
    numeric: true,
    cell: (one) => formatMoney(one.amount),
  },
  {
    key: 'worth',
    header: `In ${currency}`,
    sort: 'amount',
    width: '140px',
    numeric: true,
    cell: (one) => (one.worth ? formatMoney(one.worth) : <Tag tone="warn">Not converted</Tag>),
  },
];

export function compactRow(one: Award) {
  return (
    <>
      <div className={classes.apart}>
        <span className={classes.grow}>{recipientOf(one)}</span>
        <span className="num" style={{ whiteSpace: 'nowrap', fontWeight: 500 }}>
          {formatMoney(one.amount)}
        </span>
      </div>
      {one.title && <div className={classes.mute}>{one.title}</div>}
      <div className={classes.mute}>
        {[when(one), where(one)].filter(Boolean).join(' · ')}
        {!one.worth && ' · not converted'}
      </div>
    </>
  );
}
