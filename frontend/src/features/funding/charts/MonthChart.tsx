import { useElementSize } from '@mantine/hooks';
import { formatMonth } from '@/shared/format/date';
import { formatShortMoney } from '@/shared/format/number';
import { Axis } from './Axis';
import classes from './charts.module.css';
import { stack, ticks, type Band } from './scale';
import { Steps, type Step } from './Steps';
import { useCurrency } from '@/shared/session/session';

interface MonthChartProps {
  /** The chart in a sentence, for who does not see it. */
  label: string;
  months: string[];
  bands: Band[];
  /** A line that steps across the bars: what they are held against. */
  steps?: Step | undefined;
  /** The place of a month that is marked, with its word. */
  mark?: { at: number; word: string } | undefined;
  height?: number;
  /** Opens what stands behind a month. The table of the same figures is the way by keyboard. */
  onMonth?: (month: string) => void;
  nameOf?: (month: string) => string;
}

const LEFT = 58;
const TOP = 18;
const BOTTOM = 26;

/** Stacked bars month by month, in cents. */
export function MonthChart(props: MonthChartProps) {
  const { label, months, bands, steps, mark, height = 320, onMonth, nameOf = String } = props;
  const currency = useCurrency();
  const { ref, width } = useElementSize();
  const segments = stack(bands, months.length);
  const ends = [...segments.flatMap((one) => [one.from, one.to]), ...(steps?.values ?? [])];
  const lines = ticks(Math.min(0, ...ends), Math.max(1, ...ends));
  const low = lines[0] ?? 0;
  const high = lines.at(-1) ?? 1;
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (height - TOP - BOTTOM);
  const step = Math.max(0, width - LEFT) / Math.max(1, months.length);
  const x = (at: number) => LEFT + step * at;
  return (
    <div ref={ref} className={classes.plot}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <Axis
            lines={lines}
            y={y}
            left={LEFT}
            right={width}
            show={(v) => formatShortMoney(v, currency)}
          />
          {mark && (
            <g>
              <rect
                x={x(mark.at)}
                y={TOP}
                width={step}
                height={height - TOP - BOTTOM}
                className={classes.cliff}
              />
              <text
                x={x(mark.at) + step / 2}
                y={TOP - 6}
                textAnchor={mark.at > months.length / 2 ? 'end' : 'start'}
                className={classes.cliffWord}
              >
                {mark.word}
              </text>
            </g>
          )}
          {segments.map((one) => (
            <rect
              key={`${one.band}-${one.column}`}
              x={x(one.column) + step * 0.14}
              width={step * 0.72}
              y={y(Math.max(one.from, one.to))}
              height={Math.max(1, Math.abs(y(one.from) - y(one.to)))}
              fill={bands[one.band]?.color}
            />
          ))}
          {steps && <Steps of={steps} x={x} y={y} />}
          {months.map((month, at) =>
            month.endsWith('-01') || at === 0 ? (
              <text key={month} x={x(at)} y={height - 8} className={classes.month}>
                {at === 0 && months[2]?.endsWith('-01') ? '' : labelOf(month, step)}
              </text>
            ) : null,
          )}
        </svg>
      )}
      {onMonth && width > 0 && (
        <div
          className={classes.months}
          style={{ left: LEFT, top: TOP, bottom: BOTTOM }}
          aria-hidden
        >
          {months.map((month) => (
            <button
              key={month}
              type="button"
              tabIndex={-1}
              title={`What makes ${nameOf(month)}`}
              onClick={() => onMonth(month)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function labelOf(month: string, step: number): string {
  return step * 12 < 60 ? month.slice(0, 4) : formatMonth(month);
}
