import type { BankPayment } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import classes from './bank.module.css';

/** The payment that a dialog is about. */
export function Summary({ of: one }: { of: BankPayment }) {
  return (
    <div className={classes.summary}>
      <div className={classes.top}>
        <strong style={{ fontWeight: 600 }}>{one.payer ?? 'No name'}</strong>
        <span className="num" style={{ whiteSpace: 'nowrap' }}>
          {formatMoney(one.amount)}
        </span>
      </div>
      <div className={classes.mute}>
        {[formatDate(one.date), one.iban, one.remittance].filter(Boolean).join(' · ')}
      </div>
    </div>
  );
}
