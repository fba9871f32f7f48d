import type { Agreement, Money } from '@/shared/api/types';
import { formatMoney } from '@/shared/format/number';
import classes from './agreements.module.css';

const parts = [
  { key: 'paid', label: 'Paid', className: classes.paid },
  { key: 'requested', label: 'Requested', className: classes.requested },
  { key: 'scheduled', label: 'Scheduled', className: classes.scheduled },
  { key: 'unplanned', label: 'In no instalment', className: classes.none },
] as const;

/** How much of an agreement's amount is where. */
export function ProgressBar({ progress }: { progress: Agreement['progress'] }) {
  if (!progress) return null;
  const shown = parts.filter(({ key }) => progress[key].minor > 0);
  const total = shown.reduce((sum, { key }) => sum + progress[key].minor, 0);
  if (total === 0) return null;
  const width = (part: Money) => `${(part.minor / total) * 100}%`;
  return (
    <div className={classes.progress}>
      <div className={classes.bar} aria-hidden>
        {shown
          .filter(({ key }) => key !== 'unplanned')
          .map(({ key, className }) => (
            <span key={key} className={className} style={{ width: width(progress[key]) }} />
          ))}
      </div>
      <ul className={classes.legend}>
        {shown.map(({ key, label, className }) => (
          <li key={key}>
            <i className={className} aria-hidden />
            {label} <span className="num">{formatMoney(progress[key])}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
