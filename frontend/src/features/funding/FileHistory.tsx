import { Button, Table } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { RevertDialog } from './RevertDialog';

interface Column<T> {
  header: string;
  cell: (one: T) => ReactNode;
  numeric?: boolean;
}

interface FileHistoryProps<T> {
  title: string;
  empty: string;
  query: UseQueryResult<{ items: T[] }>;
  /** After the name of the file. */
  columns: Column<T>[];
  /** The name, and what stands with it. */
  file: (one: T) => ReactNode;
  /** How a file stands that cannot be taken back, in a word or two. */
  standing: (one: T) => string | undefined;
  /** Takes a file back; what it is refused for stands in the dialog. */
  revert: (one: T) => Promise<unknown>;
  /** What goes with a file, and what stays. */
  consequences: (one: T) => string;
}

/** The files that were imported, the newest first, each with the way back. */
export function FileHistory<T extends { id: string; name: string }>(props: FileHistoryProps<T>) {
  const { title, empty, query, columns, file, standing, revert, consequences } = props;
  const [chosen, setChosen] = useState<T | null>(null);
  return (
    <Section title={title}>
      <Ready query={query} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={empty} />
          ) : (
            <PlainTable label={title} minWidth={680} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>File</Table.Th>
                  {columns.map(({ header, numeric }) => (
                    <Table.Th key={header} {...(numeric && { ta: 'right' })}>
                      {header}
                    </Table.Th>
                  ))}
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{file(one)}</Table.Td>
                    {columns.map(({ header, cell, numeric }) => (
                      <Table.Td key={header} {...(numeric && { ta: 'right' })}>
                        {cell(one)}
                      </Table.Td>
                    ))}
                    <Table.Td ta="right">
                      {standing(one) ? (
                        <Tag>{standing(one)}</Tag>
                      ) : (
                        <Button
                          size="xs"
                          variant="default"
                          onClick={() => setChosen(one)}
                          aria-label={`Revert ${one.name}`}
                        >
                          Revert
                        </Button>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
      {chosen && (
        <RevertDialog
          name={chosen.name}
          revert={() => revert(chosen)}
          onClose={() => setChosen(null)}
        >
          {consequences(chosen)}
        </RevertDialog>
      )}
    </Section>
  );
}
