import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './charts.module.css';

export interface FigureRow {
  key: string;
  name: ReactNode;
  cells: ReactNode[];
  /** Set apart as a figure about the rows above. */
  summary?: boolean;
}

interface FigureTableProps {
  caption: string;
  columns: string[];
  rows: FigureRow[];
}

/** A chart's figures as a table, for those who would rather read or cannot see it. */
export function FigureTable({ caption, columns, rows }: FigureTableProps) {
  return (
    <Table.ScrollContainer minWidth={140 + columns.length * 92} type="native" tabIndex={0}>
      <Table captionSide="top">
        <Table.Caption className="visually-hidden">{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">
              <span className="visually-hidden">Figure</span>
            </Table.Th>
            {columns.map((name) => (
              <Table.Th key={name} scope="col" ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key} className={row.summary ? classes.summary : undefined}>
              <Table.Th scope="row" miw={140} fw={row.summary ? 600 : 400}>
                {row.name}
              </Table.Th>
              {row.cells.map((cell, i) => (
                <Table.Td key={columns[i]} ta="right" className={classes.cell}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
