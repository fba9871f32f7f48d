import type { Forecast } from '@/shared/api/types';
import { formatDate, formatMonth } from '@/shared/format/date';
import { formatMajorMoney, plural } from '@/shared/format/number';
import { MonthChart } from './charts/MonthChart';
import classes from './funding.module.css';

const colors = { secured: '#1b6ca8', weighted: '#8cc1e3', free: '#009e73' };

interface PictureProps {
  of: Forecast;
  height?: number;
  /** Opens what the figures of a month are made of. */
  onMonth?: (month: string) => void;
}

export function ForecastPicture({ of, height, onMonth }: PictureProps) {
  const months = of.months;
  const cliff = months.indexOf(of.cliffMonth);
  return (
    <>
      <MonthChart
        label={sentence(of)}
        months={months}
        bands={[
          { id: 'secured', name: 'Secured', color: colors.secured, values: of.secured },
          { id: 'weighted', name: 'Pipeline', color: colors.weighted, values: of.weighted },
        ]}
        steps={of.coreCost ? { name: 'Core cost', values: of.coreCost } : undefined}
        mark={cliff >= 0 ? { at: cliff, word: 'Cliff month' } : undefined}
        {...(height !== undefined && { height })}
        {...(onMonth && { onMonth, nameOf: formatMonth })}
      />
      <Keys of={of} />
    </>
  );
}

function Keys({ of }: { of: Forecast }) {
  return (
    <>
      <ul className={classes.keys}>
        <li>
          <span className={classes.key} style={{ background: colors.secured }} />
          Secured
        </li>
        <li>
          <span className={classes.key} style={{ background: colors.weighted }} />
          Pipeline, weighted
        </li>
        {of.coreCost && (
          <li>
            <span
              className={classes.key}
              data-line
              style={{ background: 'var(--mantine-color-text)' }}
            />
            Core cost
          </li>
        )}
      </ul>
      <p className={classes.basis}>
        Basis: {of.basis} · as of {formatDate(of.asOf)} · {of.currency}
        {of.notConverted > 0 && ` · ${plural(of.notConverted, 'line')} not converted, left out`}
        {of.undated > 0 &&
          ` · ${plural(of.undated, 'opportunity', 'opportunities')} without a day, in no month`}
      </p>
    </>
  );
}

function sentence(of: Forecast): string {
  const sum = (list: number[] | null) => (list ?? []).reduce((a, b) => a + b, 0);
  return `${of.name ?? 'Forecast'}: secured ${formatMajorMoney(sum(of.secured), of.currency)} and weighted pipeline ${formatMajorMoney(sum(of.weighted), of.currency)} over ${of.months.length} months. ${of.cliffMonth ? `Cliff month ${formatMonth(of.cliffMonth)}.` : ''}`;
}
