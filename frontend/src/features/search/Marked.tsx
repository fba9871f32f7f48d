import { partsOf } from './marks';
import classes from './Palette.module.css';

/** A title with what was typed in it made to stand out. */
export function Marked({ title, q }: { title: string; q: string }) {
  return partsOf(title, q).map(({ text, found }, i) =>
    found ? (
      <mark key={i} className={classes.mark}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
