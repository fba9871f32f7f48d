import { useElementSize } from '@mantine/hooks';
import { useState, type KeyboardEvent } from 'react';
import { Axis } from './Axis';
import classes from './charts.module.css';
import { ColumnRows, isShown, ROW, spacing, type FigureLine } from './ColumnRows';
import { Legend } from './Legend';
import { neighbour, stack, ticks, type Band, type Segment } from './scale';
import { Piece, type Behind } from './Piece';
import { Steps, type Step } from './Steps';
import { Tip } from './Tip';

interface StackChartProps {
  /** What a screen reader calls the chart. */
  label: string;
  bands: Band[];
  columns: string[];
  /** "share" runs from 0 to 1, "amount" over what there is. */
  scale: 'share' | 'amount';
  showTick: (value: number) => string;
  /** Measures of each column, shown beneath it. */
  rows?: FigureLine[];
  /** Pixels, without the rows. */
  height?: number;
  /** The figures of one segment, for the pointer and for screen readers. */
  describe: (segment: Segment) => string;
  /** A line that steps across the columns: what they are held against. */
  steps?: Step | undefined;
  /** What lies behind a segment; absent where the figures are kept and the books may have moved on. */
  behind?: ((segment: Segment) => Behind) | undefined;
}

export const LEFT = 84;
const TOP = 10;
const BOTTOM = 24;

/** Stacked columns. One stop for Tab; the arrow keys walk, Enter opens the lines behind a piece. */
export function StackChart(props: StackChartProps) {
  const { bands, columns, scale, rows = [], height: tall = 300, behind, steps } = props;
  const { ref, width } = useElementSize();
  const [near, setNear] = useState<Segment | null>(null);
  const [bandInSight, setBandInSight] = useState<number | null>(null);
  const segments = stack(bands, columns.length);
  const ends = [...segments.flatMap((one) => [one.from, one.to]), ...(steps?.values ?? [])];
  const lines =
    scale === 'share' ? [0, 0.25, 0.5, 0.75, 1] : ticks(Math.min(0, ...ends), Math.max(0, ...ends));
  const low = lines[0] ?? 0;
  const high = lines.at(-1) ?? 1;
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (tall - TOP - BOTTOM);
  const step = Math.max(0, width - LEFT) / Math.max(1, columns.length);
  const bar = Math.min(step * 0.66, 84);
  const middle = (column: number) => LEFT + step * (column + 0.5);
  const x = (column: number) => middle(column) - bar / 2;
  const every = spacing(step);
  const first = segments[0];
  const stop = segments.find((one) => isSame(one, near)) ?? first;

  const walk = (event: KeyboardEvent<SVGSVGElement>) => {
    const next = stop && neighbour(segments, stop, event.key);
    if (!next) return;
    event.preventDefault();
    event.currentTarget.querySelector<SVGElement>(`[data-at="${keyOf(next)}"]`)?.focus();
  };

  return (
    <div className={classes.chart}>
      <div ref={ref} className={classes.plot}>
        {width > 0 && (
          <svg
            width={width}
            height={tall + rows.length * ROW}
            role="group"
            aria-label={`${props.label}. Walk with the arrow keys${behind ? '; Enter opens what is behind a piece' : ''}.`}
            onKeyDown={walk}
            onPointerLeave={() => setNear(null)}
          >
            <Axis lines={lines} y={y} left={LEFT} right={width} show={props.showTick} />
            {columns.map((name, column) =>
              isShown(column, columns.length, every) ? (
                <text key={column} x={middle(column)} y={tall - 7} className={classes.column}>
                  {fitting(name, step * every)}
                </text>
              ) : null,
            )}
            <ColumnRows rows={rows} x={middle} left={LEFT} top={tall + ROW - 8} every={every} />
            {segments.map((one) => {
              const top = y(Math.max(one.from, one.to));
              const height = Math.max(1, y(Math.min(one.from, one.to)) - top);
              const band = bands[one.band];
              const piece = {
                'data-at': keyOf(one),
                tabIndex: one === stop ? 0 : -1,
                className: classes.segment,
                'data-faint': (bandInSight !== null && bandInSight !== one.band) || undefined,
                'aria-label': `${band?.name ?? ''}, ${columns[one.column] ?? ''}: ${props.describe(one)}`,
                onFocus: () => setNear(one),
                onBlur: () => setNear(null),
                onPointerEnter: () => setNear(one),
              };
              return (
                <Piece key={keyOf(one)} behind={behind?.(one)} piece={piece}>
                  <rect x={x(one.column)} y={top} width={bar} height={height} fill={band?.color} />
                </Piece>
              );
            })}
            {steps && <Steps of={steps} x={(at) => LEFT + step * at} y={y} apart />}
          </svg>
        )}
        {near && (
          <Tip
            x={x(near.column) + bar / 2}
            y={y(Math.max(near.from, near.to))}
            width={width}
            title={`${bands[near.band]?.name ?? ''}, ${columns[near.column] ?? ''}`}
            color={bands[near.band]?.color ?? ''}
            text={props.describe(near)}
          />
        )}
      </div>
      <Legend bands={bands} onPoint={setBandInSight} line={steps?.name} />
    </div>
  );
}

function keyOf(one: Segment): string {
  return `${one.band}-${one.column}`;
}

/** As much of a name as a column has room for. */
function fitting(name: string, room: number): string {
  const most = Math.max(3, Math.floor(room / 6));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

function isSame(a: Segment, b: Segment | null): boolean {
  return b !== null && a.band === b.band && a.column === b.column;
}
