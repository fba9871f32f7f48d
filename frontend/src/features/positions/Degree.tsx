import classes from './positions.module.css';

/** A degree from 1 to 5, in dots and in words; nothing where nobody has said. */
export function Degree({ what, of }: { what: string; of: number | undefined }) {
  if (!of) return null;
  return (
    <span className={classes.degree}>
      {what}
      <span className={classes.dots} role="img" aria-label={`${of} of 5`} title={`${of} of 5`}>
        {[1, 2, 3, 4, 5].map((n) => (
          <i key={n} data-on={n <= of || undefined} />
        ))}
      </span>
    </span>
  );
}
