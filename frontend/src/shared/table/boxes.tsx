import type { ReactNode } from 'react';
import classes from './boxes.module.css';
import type { Selection } from './selection';

export interface RowSelect {
  key: string;
  /** What the row is of: a screen reader says it, not the number of the row. */
  name: string;
  on: boolean;
  toggle: Selection['toggle'];
}

/** The box that selects a row. */
export function RowBox({ select: { key, name, on, toggle } }: { select: RowSelect }) {
  return (
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      checked={on}
      // The change says nothing of the Shift key; the click does.
      onChange={() => undefined}
      onClick={(event) => toggle(key, event.shiftKey)}
    />
  );
}

/** The box for every loaded row, or none. */
export function LoadedBox({ selection, loaded }: { selection: Selection; loaded: number }) {
  const some = selection.size > 0 && selection.size < loaded;
  return (
    <input
      type="checkbox"
      aria-label="Select all rows that are loaded"
      checked={selection.all || (selection.size > 0 && !some)}
      ref={(box) => {
        if (box) box.indeterminate = some && !selection.all;
      }}
      onChange={selection.toggleLoaded}
    />
  );
}

/** What a pointer has to meet to set the box in it; the box is drawn smaller. */
export function Target({ children }: { children: ReactNode }) {
  return <label className={classes.target}>{children}</label>;
}

/** What a thumb presses to set the box in it, which is drawn large. */
export function ThumbArea({
  className,
  children,
}: {
  className: string | undefined;
  children: ReactNode;
}) {
  return (
    // The box in it is its control, and says its own name.
    <label className={`${classes.thumbArea} ${className}`}>{children}</label>
  );
}
