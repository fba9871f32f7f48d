import { memo, type JSX } from 'react';
import { LoadedBox, RowBox, Target, type RowSelect } from './boxes';
import type { Column } from './RecordTable';
import classes from './RecordTable.module.css';
import type { Selection } from './selection';

interface TableRowProps<T> {
  row: T;
  columns: Column<T>[];
  index: number;
  measure: ((row: HTMLElement | null) => void) | undefined;
  select: RowSelect | undefined;
}

/** One row. While the list scrolls, a row that stays is not drawn again. */
export const TableRow = memo(Row, (was, is) => {
  const sameSelection =
    was.select?.on === is.select?.on && was.select?.toggle === is.select?.toggle;
  return (
    sameSelection &&
    was.row === is.row &&
    was.columns === is.columns &&
    was.index === is.index &&
    was.measure === is.measure
  );
}) as <T>(props: TableRowProps<T>) => JSX.Element;

function Row<T>({ row, columns, index, measure, select }: TableRowProps<T>) {
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={select?.on}
      className={classes.row}
    >
      {select && (
        <td className={classes.select}>
          <Target>
            <RowBox select={select} />
          </Target>
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} data-numeric={column.numeric || undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** The box above the others. */
export function SelectLoaded({ selection, loaded }: { selection: Selection; loaded: number }) {
  return (
    <th scope="col" className={classes.select}>
      <Target>
        <LoadedBox selection={selection} loaded={loaded} />
      </Target>
    </th>
  );
}
