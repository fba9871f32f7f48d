import type { Agreement } from '@/shared/api/types';
import { formatMajorMoney, plural } from '@/shared/format/number';
import { Fact, Facts } from '@/shared/ui/Facts';
import { Section } from '@/shared/ui/Page';
import classes from './agreements.module.css';

/** What the agreement is worth in each fiscal year. */
export function Accrual({ one }: { one: Agreement }) {
  if (!one.accrued || one.accrued.length === 0) return null;
  return (
    <Section title="By fiscal year">
      <Facts>
        {one.accrued.map(({ year, days, amount }) => (
          <Fact key={year} name={String(year)}>
            <span className="num">{formatMajorMoney(amount.minor, amount.currency)}</span>{' '}
            <span className={classes.mute}>{plural(days, 'day')}</span>
          </Fact>
        ))}
      </Facts>
      <p className={classes.mute}>Accrued: the value at signature, spread over the term by day.</p>
    </Section>
  );
}
