import type { BankPayment } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import type { Column } from '@/shared/table/RecordTable';
import { Decide, type Asked } from './Decide';
import { Guess } from './Guess';
import classes from './bank.module.css';

export const columnsFor = (onAsk: (asked: Asked) => void): Column<BankPayment>[] => [
  {
    key: 'date',
    header: 'Booked',
    sort: 'date',
    width: '108px',
    cell: (one) => formatDate(one.date),
  },
  { key: 'payer', header: 'Payer', width: '27%', cell: (one) => <Payer one={one} /> },
  { key: 'guess', header: 'What it may be', cell: (one) => <Guess payment={one} /> },
  {
    key: 'amount',
    header: 'Amount',
    sort: 'amount',
    width: '140px',
    numeric: true,
    cell: (one) => <Amount one={one} />,
  },
  {
    key: 'decide',
    header: 'Decision',
    width: '138px',
    numeric: true,
    cell: (one) => <Decide payment={one} onAsk={onAsk} />,
  },
];

function Payer({ one }: { one: BankPayment }) {
  return (
    <>
      <div className={classes.line} title={one.payer}>
        {one.payer ?? <span className={classes.mute}>No name</span>}
      </div>
      <div className={`${classes.mute} ${classes.wrap}`}>
        {one.remittance}
        {one.endToEnd && !one.remittance?.includes(one.endToEnd) && ` · ${one.endToEnd}`}
      </div>
    </>
  );
}

function Amount({ one }: { one: BankPayment }) {
  return (
    <>
      {formatMoney(one.amount)}
      {one.charges ? (
        <div className={classes.mute}>
          {formatMoney({ minor: one.charges, currency: one.amount.currency })} taken by banks
        </div>
      ) : null}
    </>
  );
}

export const compactFor = (onAsk: (asked: Asked) => void) =>
  function compact(one: BankPayment) {
    return (
      <div className={classes.card}>
        <div className={classes.top}>
          <span className={classes.wrap}>{one.payer ?? 'No name'}</span>
          <span className="num" style={{ whiteSpace: 'nowrap', fontWeight: 500 }}>
            {formatMoney(one.amount)}
          </span>
        </div>
        <div className={`${classes.mute} ${classes.wrap}`}>
          {formatDate(one.date)} · {one.remittance}
        </div>
        <Guess payment={one} />
        <Decide payment={one} onAsk={onAsk} />
      </div>
    );
  };
