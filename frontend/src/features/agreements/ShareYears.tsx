import { formatShare } from '@/shared/format/number';
import classes from './agreements.module.css';

interface ShareYearsProps {
  /** Along labels; null where there is none. */
  shares: (number | null)[];
  labels: string[];
}

/** The share of each year as a bar; the whole height is the whole income. */
export function ShareYears({ shares, labels }: ShareYearsProps) {
  const words = labels.map((label, i) => `${label}: ${formatShare(shares[i])}`).join(', ');
  return (
    <div
      className={classes.years}
      role="img"
      aria-label={`Share of the income. ${words}`}
      title={words}
    >
      {labels.map((label, i) => (
        <span key={label} className={classes.year}>
          <i style={{ height: `${(shares[i] ?? 0) * 40}px` }} />
          {label.slice(2)}
        </span>
      ))}
    </div>
  );
}
