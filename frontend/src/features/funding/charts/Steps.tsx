import classes from './charts.module.css';

/** A line that steps across the columns, level over each: what they are held against. */
export interface Step {
  name: string;
  values: number[];
}

interface StepsProps {
  of: Step;
  /** The left edge of a column; one past the last is the right edge of the last. */
  x: (column: number) => number;
  y: (value: number) => number;
}

export function Steps({ of, x, y }: StepsProps) {
  const line = of.values
    .map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at)},${y(value)}L${x(at + 1)},${y(value)}`)
    .join('');
  return <path d={line} className={classes.steps} />;
}
