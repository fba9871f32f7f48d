import { useRef } from 'react';
import type { RecordTableProps } from './RecordTable';
import classes from './RecordTable.module.css';
import { moveBetweenRows } from './rowKeys';
import { useRowWindow } from './rowWindow';

/** The same rows for a narrow screen: what matters of each, one under the other. */
export function CompactRows<T>({ label, list, rowKey, compact }: RecordTableProps<T>) {
  const frame = useRef<HTMLUListElement>(null);
  const view = useRowWindow(frame, list.rows.length, 68);
  return (
    // The arrow keys are a shortcut beside Tab; the links in the rows are the real controls.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul ref={frame} className={classes.compact} aria-label={label} onKeyDown={moveBetweenRows}>
      {view.before > 0 && <li aria-hidden style={{ height: view.before }} />}
      {view.indexes.map((index) => {
        const row = list.rows[index];
        if (row === undefined) return null;
        return (
          <li
            key={rowKey(row)}
            ref={view.measure}
            data-index={index}
            className={classes.compactRow}
          >
            {compact(row)}
          </li>
        );
      })}
      {view.after > 0 && <li aria-hidden style={{ height: view.after }} />}
    </ul>
  );
}
