import { useElementSize } from '@mantine/hooks';
import type { Giving } from '@/shared/api/types';
import { formatCount, formatMajorMoney, formatShortMoney, plural } from '@/shared/format/number';
import { Axis } from '../charts/Axis';
import charts from '../charts/charts.module.css';
import { ColumnRows, isShown, ROW, spacing } from '../charts/ColumnRows';
import { ticks } from '../charts/scale';
import classes from './awards.module.css';
import { useCurrency } from '@/shared/session/session';

const LEFT = 64;
const TOP = 10;
const BOTTOM = 24;
const HEIGHT = 200;
const ROWS = 2;

/** What was given year by year, with the figures right under the bars; what was taken back hangs below the line. */
export function YearBars({ years }: { years: Giving['years'] }) {
  const currency = useCurrency();
  const { ref, width } = useElementSize();
  const values = years.map((one) => one.worth);
  const lines = ticks(Math.min(0, ...values), Math.max(1, ...values), 4);
  const low = lines[0] ?? 0;
  const high = lines.at(-1) ?? 1;
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const step = Math.max(0, width - LEFT) / Math.max(1, years.length);
  const bar = Math.min(step * 0.66, 84);
  const middle = (column: number) => LEFT + step * (column + 0.5);
  const every = spacing(step);
  return (
    <div ref={ref} className={charts.plot}>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT + ROWS * ROW}
          role="img"
          aria-label={sentence(years, currency)}
        >
          <Axis
            lines={lines}
            y={y}
            left={LEFT}
            right={width}
            show={(value) => formatShortMoney(value, currency)}
          />
          {years.map(({ year, worth }, column) => (
            <g key={year}>
              <rect
                x={middle(column) - bar / 2}
                width={bar}
                y={y(Math.max(0, worth))}
                height={Math.abs(y(0) - y(worth))}
                className={classes.bars}
              />
              {isShown(column, years.length, every) && (
                <text x={middle(column)} y={HEIGHT - 7} className={charts.column}>
                  {year}
                </text>
              )}
            </g>
          ))}
          <ColumnRows
            rows={[
              {
                name: currency,
                cells: values.map((value) => formatShortMoney(value, currency)),
                strong: true,
              },
              { name: 'awards', cells: years.map((one) => formatCount(one.awards)) },
            ]}
            x={middle}
            left={LEFT}
            top={HEIGHT + ROW - 8}
            every={every}
          />
        </svg>
      )}
    </div>
  );
}

function sentence(years: Giving['years'], currency: string): string {
  const parts = years.map(
    ({ year, awards, worth }) =>
      `${year}: ${formatMajorMoney(worth, currency)} in ${plural(awards, 'award')}`,
  );
  return `Given by year. ${parts.join('. ')}.`;
}
