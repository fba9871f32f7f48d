import classes from './funding.module.css';

interface MarkProps {
  level: 'amber' | 'red';
  /** Of a figure that should not be small, such as a reserve. */
  below?: boolean;
}

/** Says on which side of which limit a figure is; the colour says it again. */
export function Mark({ level, below = false }: MarkProps) {
  return (
    <span className={classes.mark} data-mark={level}>
      {below ? 'below' : 'above'} the {level} limit
    </span>
  );
}
