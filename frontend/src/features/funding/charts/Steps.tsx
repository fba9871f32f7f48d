import classes from './charts.module.css';

/** A line that is level over each column: what they are held against. */
export interface Step {
  name: string;
  values: number[];
}

interface StepsProps {
  of: Step;
  /** The left edge of a column; one past the last is the right edge of the last. */
  x: (column: number) => number;
  y: (value: number) => number;
  /** The columns are things of their own, not times: the line does not lead from one to the next. */
  apart?: boolean;
}

export function Steps({ of, x, y, apart }: StepsProps) {
  const line = of.values
    .map(
      (value, at) =>
        `${at === 0 || apart ? 'M' : 'L'}${x(at)},${y(value)}L${x(at + 1)},${y(value)}`,
    )
    .join('');
  return <path d={line} className={classes.steps} />;
}
