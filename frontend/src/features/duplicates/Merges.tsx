import { Button, Table } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import { useKeysetList } from '@/shared/list/keyset';
import { ListEnd } from '@/shared/table/ListEnd';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { When } from '@/shared/ui/When';
import { mergesKey, useUndoMerge } from './queries';

/** What was merged, each with its way back. */
export function Merges() {
  const undo = useUndoMerge();
  const list = useKeysetList(mergesKey, (page, signal) =>
    data(api.GET('/merges', { params: { query: page }, signal })),
  );
  if (list.rows.length === 0) return null;
  return (
    <Section title="Merged">
      <PlainTable label="Merged" minWidth={620} stacked>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Went</Table.Th>
            <Table.Th>Into</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th>When</Table.Th>
            <Table.Th>Action</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.rows.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>{one.loserName}</Table.Td>
              <Table.Td>
                <TextLink to="/stakeholders/$id" params={{ id: one.survivorId }}>
                  {one.survivorName}
                </TextLink>
              </Table.Td>
              <Table.Td>{one.byName}</Table.Td>
              <Table.Td>
                <When at={one.createdAt} />
              </Table.Td>
              <Table.Td>
                {one.outcome === 'undone' ? (
                  `Undone by ${one.undoneBy ?? ''}`
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    loading={undo.isPending && undo.variables === one.id}
                    aria-label={`Undo the merge of ${one.loserName}`}
                    onClick={() => undo.mutate(one.id)}
                  >
                    Undo
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
      <ListEnd list={list} />
    </Section>
  );
}
