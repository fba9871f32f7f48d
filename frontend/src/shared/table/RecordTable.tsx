import { useMediaQuery } from '@mantine/hooks';
import { useRef, type ReactNode, type RefObject } from 'react';
import type { KeysetList } from '@/shared/list/keyset';
import { ErrorState, LoadingRows } from '@/shared/states/states';
import { CompactRows } from './CompactRows';
import { HeaderCell } from './HeaderCell';
import { ListEnd } from './ListEnd';
import { moveBetweenRows } from './rowKeys';
import classes from './RecordTable.module.css';
import { useEvenRows } from './evenRows';
import { useRowWindow, type RowWindow } from './rowWindow';
import type { RowSelection } from './selection';
import { SelectLoaded, TableRow } from './TableRow';

export interface Column<T> {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** The name the API sorts by. */
  sort?: string;
  numeric?: boolean;
  /** A CSS width; columns without one share what is left. */
  width?: string;
  /** Left out below 1100 px, where the record's page still has it. */
  wideOnly?: boolean;
}

export interface RecordTableProps<T> {
  /** What a screen reader calls the table. */
  label: string;
  columns: Column<T>[];
  list: KeysetList<T>;
  rowKey: (row: T) => string;
  /** One row as it is read on a phone. */
  compact: (row: T) => ReactNode;
  empty: ReactNode;
  /** No cell has a second line: a long list of such rows scrolls more smoothly. */
  even?: boolean;
  /** Rows can be selected by a box before each; on a phone once somebody has begun to. */
  selection?: RowSelection<T> | undefined;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  /** Told after more rows were asked for, with how many the address should remember. */
  onDeeper?: (rows: number) => void;
}

/** A list of records in all its states: a virtualised table, or rows of text on a phone. */
export function RecordTable<T>(props: RecordTableProps<T>) {
  const { list } = props;
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const narrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false });

  if (list.isPending) return <LoadingRows rows={10} />;
  if (list.error && list.rows.length === 0) {
    return <ErrorState error={list.error} onRetry={list.retry} />;
  }
  if (list.rows.length === 0) return <>{props.empty}</>;

  const columns = props.columns.filter((column) => !(narrow && column.wideOnly));
  return (
    <div aria-busy={list.isStale} className={classes.frame} data-stale={list.isStale || undefined}>
      {phone ? (
        <CompactRows {...props} />
      ) : props.even ? (
        <EvenRows {...props} columns={columns} />
      ) : (
        <MeasuredRows {...props} columns={columns} />
      )}
      <ListEnd list={list} {...(props.onDeeper && { onDeeper: props.onDeeper })} />
    </div>
  );
}

/** Pixels that a row of one line is likely to take. */
const ROW = 37;

function EvenRows<T>(props: RecordTableProps<T>) {
  const frame = useRef<HTMLTableElement>(null);
  return <Rows {...props} frame={frame} view={useEvenRows(frame, props.list.rows.length, ROW)} />;
}

function MeasuredRows<T>(props: RecordTableProps<T>) {
  const frame = useRef<HTMLTableElement>(null);
  const view = useRowWindow(frame, props.list.rows.length, ROW);
  return <Rows {...props} frame={frame} view={view} measure={view.measure} />;
}

interface RowsProps<T> extends RecordTableProps<T> {
  frame: RefObject<HTMLTableElement | null>;
  view: RowWindow;
  measure?: (row: HTMLElement | null) => void;
}

function Rows<T>({
  label,
  columns,
  list,
  rowKey,
  sort,
  onSort,
  selection,
  frame,
  view,
  measure,
}: RowsProps<T>) {
  const span = columns.length + (selection ? 1 : 0);
  return (
    <table
      ref={frame}
      className={classes.table}
      data-wide={columns.length > 8 || undefined}
      aria-label={label}
      aria-rowcount={list.totalIsFloor ? -1 : list.total + 1}
    >
      <colgroup>
        {selection && <col style={{ width: 36 }} />}
        {columns.map((column) => (
          <col key={column.key} style={{ width: column.width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {selection && <SelectLoaded selection={selection} loaded={list.rows.length} />}
          {columns.map((column) => (
            <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      {/* The arrow keys are a shortcut beside Tab; the links in the rows are the real controls. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <tbody onKeyDown={moveBetweenRows}>
        <Gap height={view.before} span={span} />
        {view.indexes.map((index) => {
          const row = list.rows[index];
          if (row === undefined) return null;
          const key = rowKey(row);
          return (
            <TableRow
              key={key}
              row={row}
              columns={columns}
              index={index}
              measure={measure}
              select={
                selection && {
                  key,
                  name: selection.nameOf(row),
                  on: selection.has(key),
                  toggle: selection.toggle,
                }
              }
            />
          );
        })}
        <Gap height={view.after} span={span} />
      </tbody>
    </table>
  );
}

/** Stands for the rows that are not drawn. */
function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={span} style={{ padding: 0, border: 0 }} />
    </tr>
  );
}
