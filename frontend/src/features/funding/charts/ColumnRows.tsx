import classes from './charts.module.css';

export interface FigureLine {
  name: string;
  cells: string[];
  strong?: boolean;
}

interface ColumnRowsProps {
  rows: FigureLine[];
  /** Middle of a column. */
  x: (column: number) => number;
  left: number;
  /** Base line of the first row. */
  top: number;
  /** Only each so-many-th column has room for its figures, counted from the last. */
  every: number;
}

export const ROW = 18;

/** Where columns stand too close for their names, some are left out; the last always shows. */
export function spacing(step: number): number {
  return step > 0 ? Math.ceil(44 / step) : 1;
}

export function isShown(column: number, columns: number, every: number): boolean {
  return (columns - 1 - column) % every === 0;
}

/** Figures of each column, one row for each measure, right under the columns. */
export function ColumnRows({ rows, x, left, top, every }: ColumnRowsProps) {
  return (
    <>
      {rows.map((row, line) => (
        <g key={row.name}>
          <text x={left - 8} y={top + line * ROW} className={classes.rowName}>
            {row.name}
          </text>
          {row.cells.map((cell, column) =>
            isShown(column, row.cells.length, every) ? (
              <text
                key={column}
                x={x(column)}
                y={top + line * ROW}
                className={classes.column}
                style={row.strong ? { fontWeight: 600 } : undefined}
              >
                {cell}
              </text>
            ) : null,
          )}
        </g>
      ))}
    </>
  );
}
