import { useElementSize } from '@mantine/hooks';
import { formatFigure } from '@/shared/format/number';
import { Axis } from './Axis';
import classes from './charts.module.css';
import { ColumnRows, ROW, spacing } from './ColumnRows';
import { LEFT } from './StackChart';

interface HhiStripProps {
  columns: string[];
  hhi: (number | null)[];
  effective: (number | null)[];
  /** From where on a year is marked; none while they are not known. */
  limits: { amber: number; red: number } | undefined;
}

const HEIGHT = 96;
const TOP = 8;
const FOOT = 2 * ROW + 4;

/** Concentration by year beneath the pile of the same year, against the limits the secretariat chose. */
export function HhiStrip({ columns, hhi, effective, limits }: HhiStripProps) {
  const { ref, width } = useElementSize();
  const lines = limits && [
    { value: limits.amber, color: 'var(--warn)' },
    { value: limits.red, color: 'var(--bad)' },
  ];
  const high = Math.max(0.01, (limits?.red ?? 0) * 1.3, ...hhi.map((value) => value ?? 0));
  const y = (value: number) => TOP + ((high - value) / high) * (HEIGHT - TOP);
  const step = Math.max(0, width - LEFT) / Math.max(1, columns.length);
  const x = (column: number) => LEFT + step * (column + 0.5);
  const points = hhi
    .map((value, i) => (value === null ? null : `${x(i)},${y(value)}`))
    .filter((point) => point !== null);
  return (
    <div className={classes.chart}>
      <div ref={ref} className={classes.plot}>
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT + FOOT}
            role="img"
            aria-label={sentence(columns, hhi, effective)}
          >
            <Axis lines={[0]} y={y} left={LEFT} right={width} show={() => ''} />
            {lines?.map((limit) => (
              <g key={limit.color}>
                <line
                  x1={LEFT}
                  x2={width}
                  y1={y(limit.value)}
                  y2={y(limit.value)}
                  stroke={limit.color}
                  strokeDasharray="4 3"
                />
                <text
                  x={LEFT - 8}
                  y={y(limit.value)}
                  className={classes.tick}
                  style={{ fill: limit.color }}
                >
                  {limit.value}
                </text>
              </g>
            ))}
            <polyline points={points.join(' ')} className={classes.trend} />
            {hhi.map(
              (value, i) =>
                value !== null && (
                  <circle key={columns[i]} cx={x(i)} cy={y(value)} r={4} className={classes.dot} />
                ),
            )}
            <ColumnRows
              rows={[
                { name: 'HHI', cells: hhi.map((value) => formatFigure(value, 2)), strong: true },
                { name: 'funders', cells: effective.map((value) => formatFigure(value, 1)) },
              ]}
              x={x}
              left={LEFT}
              top={HEIGHT + ROW}
              every={spacing(step)}
            />
          </svg>
        )}
      </div>
      <p className={classes.stripNote}>
        <strong>HHI</strong> and, below it, the effective number of <strong>funders</strong>.{' '}
        {limits &&
          `The limits ${limits.amber} (amber) and ${limits.red} (red) are the secretariat’s own choice; there is no agreed one.`}
      </p>
    </div>
  );
}

function sentence(columns: string[], hhi: (number | null)[], effective: (number | null)[]): string {
  const years = columns.map(
    (name, i) =>
      `${name}: HHI ${formatFigure(hhi[i], 2)}, effective number of funders ${formatFigure(effective[i], 1)}`,
  );
  return `Concentration by year. ${years.join('. ')}.`;
}
