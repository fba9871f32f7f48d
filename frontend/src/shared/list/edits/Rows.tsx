import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EditStep, ListDescription } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { PlainTable } from '@/shared/ui/PlainTable';
import type { ValueWords } from '../filter/words';
import type { Words } from './bulkList';
import { editRowsQuery } from './queries';
import { fieldNamed, sayJson } from './words';

const headings: Record<EditStep['state'], string> = {
  planned: 'What changes',
  failing: 'Why not',
  done: 'What became of it',
  skipped: 'Why not',
  undone: 'What became of it',
  kept: 'Why not',
};

interface RowsProps {
  id: string;
  states: EditStep['state'][];
  about: ListDescription;
  words: Words;
}

/** Records of an edit: what was and what will be, or why it cannot be. */
export function Rows({ id, states, about, words }: RowsProps) {
  const rows = useQuery(editRowsQuery(id, states));
  return (
    <Ready query={rows} loading={<LoadingRows rows={4} />}>
      {({ items, names, total }) => {
        const said = { words, names: new Map(Object.entries(names)) };
        if (items.length === 0) return <EmptyState title="No record is left of it." />;
        return (
          <>
            <PlainTable label="Records" minWidth={420} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Record</Table.Th>
                  <Table.Th>{headings[states[0] ?? 'done']}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td fw={500}>
                      {said.names.get(row.recordId) ?? 'Gone, or not yours to see'}
                    </Table.Td>
                    <Table.Td>
                      <What row={row} about={about} said={said} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </PlainTable>
            {total > items.length && (
              <p>and {formatCount(total - items.length)} more, in the same way</p>
            )}
          </>
        );
      }}
    </Ready>
  );
}

interface WhatProps {
  row: EditStep;
  about: ListDescription;
  said: ValueWords;
}

function What({ row, about, said }: WhatProps) {
  if (row.state === 'undone') return 'As before';
  if (row.why) return row.why;
  return row.changes
    .filter((one) => !one.follows)
    .map(({ field: name, old, new: next }) => {
      const field = fieldNamed(name, about);
      return (
        <div key={name}>
          {name === 'trashedAt' ? (
            'moved'
          ) : (
            <>
              {field.label}: {sayJson(field, old, said)} → <b>{sayJson(field, next, said)}</b>
            </>
          )}
        </div>
      );
    });
}
