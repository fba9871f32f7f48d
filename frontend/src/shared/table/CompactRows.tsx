import { useRef } from 'react';
import { RowBox, ThumbArea } from './boxes';
import type { RecordTableProps } from './RecordTable';
import classes from './RecordTable.module.css';
import { moveBetweenRows } from './rowKeys';
import { useRowWindow } from './rowWindow';
import type { RowSelection } from './selection';

/** The same rows for a narrow screen: what matters of each, one under the other. */
export function CompactRows<T>({ label, list, rowKey, compact, selection }: RecordTableProps<T>) {
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
        const key = rowKey(row);
        return (
          <li
            key={key}
            ref={view.measure}
            data-index={index}
            data-selecting={selection?.begun || undefined}
            data-selected={selection?.has(key) || undefined}
            className={classes.compactRow}
          >
            {selection?.begun && <WholeRow {...{ selection, row, id: key }} />}
            {compact(row)}
          </li>
        );
      })}
      {view.after > 0 && <li aria-hidden style={{ height: view.after }} />}
    </ul>
  );
}

interface WholeRowProps<T> {
  selection: RowSelection<T>;
  row: T;
  id: string;
}

/** While one selects, a tap anywhere on a row does: a thumb does not hit a box. */
function WholeRow<T>({ selection, row, id }: WholeRowProps<T>) {
  return (
    <ThumbArea className={classes.wholeRow}>
      <RowBox
        select={{
          key: id,
          name: selection.nameOf(row),
          on: selection.has(id),
          toggle: selection.toggle,
        }}
      />
    </ThumbArea>
  );
}
