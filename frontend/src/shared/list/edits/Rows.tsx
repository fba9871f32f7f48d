import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Deed, EditStep } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { LoadingRows, Ready } from '@/shared/states/states';
import { PlainTable } from '@/shared/ui/PlainTable';
import { editRowsQuery } from './queries';
import { sayJson } from './words';

interface RowsProps {
  id: string;
  state: EditStep['state'];
  deeds: Deed[];
  words: Record<string, Record<string, string>>;
}

/** Records of an edit: what was and what will be, or why it cannot be. */
export function Rows({ id, state, deeds, words }: RowsProps) {
  const rows = useQuery(editRowsQuery(id, state));
  const label = (field: string) => deeds.find((one) => one.field === field)?.label ?? field;
  return (
    <Ready query={rows} loading={<LoadingRows rows={4} />}>
      {({ items, names, total }) => {
        const said = { words, names: new Map(Object.entries(names)) };
        const say = (field: string, json: string) => sayJson(field, json, deeds, said);
        return (
          <>
            <PlainTable label="Records" minWidth={420}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Record</Table.Th>
                  <Table.Th>{state === 'failing' ? 'Why not' : 'What changes'}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td fw={500}>{said.names.get(row.recordId) ?? row.recordId}</Table.Td>
                    <Table.Td>
                      {row.why}
                      {row.changes.map(({ field, old, new: next }) => (
                        <div key={field}>
                          {field === 'trashedAt' ? (
                            'moved'
                          ) : (
                            <>
                              {label(field)}: {say(field, old)} → <b>{say(field, next)}</b>
                            </>
                          )}
                        </div>
                      ))}
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
