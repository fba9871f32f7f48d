import { sayStrength } from './values';
import classes from './relations.module.css';

/** How close a relation is, in dots and in words; nothing where nobody has said. */
export function Strength({ of }: { of: number | undefined }) {
  if (!of) return null;
  const words = sayStrength(of);
  return (
    <span className={classes.strength} role="img" aria-label={words} title={words}>
      {[1, 2, 3, 4, 5].map((n) => (
        <i key={n} data-on={n <= of || undefined} />
      ))}
    </span>
  );
}
