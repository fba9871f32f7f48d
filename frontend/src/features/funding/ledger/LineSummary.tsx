import type { IncomeLine } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { earmarkingWords, say, sourceTypeWords } from '@/shared/format/words';
import classes from './ledger.module.css';

/** The line that a dialog is about. */
export function LineSummary({ line }: { line: IncomeLine }) {
  return (
    <div className={classes.summary}>
      <div className={classes.top}>
        <strong style={{ fontWeight: 600 }}>{line.donorName}</strong>
        <span className="num" style={{ whiteSpace: 'nowrap' }}>
          {formatMoney(line.amount)}
        </span>
      </div>
      <div className={classes.mute}>
        {[
          formatDate(line.date),
          say(earmarkingWords, line.earmarking),
          say(sourceTypeWords, line.sourceType),
          line.reference,
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </div>
  );
}
