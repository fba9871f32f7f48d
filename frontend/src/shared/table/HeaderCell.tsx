import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react';
import type { Column } from './RecordTable';
import classes from './RecordTable.module.css';

interface HeaderCellProps<T> {
  column: Column<T>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

export function HeaderCell<T>({ column, sort, onSort }: HeaderCellProps<T>) {
  const name = column.sort;
  if (!name || !onSort) {
    return (
      <th scope="col" data-numeric={column.numeric || undefined}>
        {column.header}
      </th>
    );
  }
  const ascending = sort === name;
  const descending = sort === `-${name}`;
  const Icon = ascending ? IconArrowUp : descending ? IconArrowDown : IconSelector;
  return (
    <th
      scope="col"
      data-numeric={column.numeric || undefined}
      aria-sort={ascending ? 'ascending' : descending ? 'descending' : 'none'}
    >
      <button
        type="button"
        className={classes.sort}
        data-active={ascending || descending || undefined}
        onClick={() => onSort(ascending ? `-${name}` : name)}
      >
        {column.header}
        <Icon size={14} aria-hidden />
      </button>
    </th>
  );
}
