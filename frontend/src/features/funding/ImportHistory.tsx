import { Button, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { IncomeImport } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatCount, plural } from '@/shared/format/number';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { importsQuery, money } from './queries';
import { RevertDialog } from './RevertDialog';

export function ImportHistory() {
  const imports = useQuery(importsQuery);
  const [chosen, setChosen] = useState<IncomeImport | null>(null);
  return (
    <Section title="Earlier imports">
      <Ready query={imports} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing has been imported yet." />
          ) : (
            <PlainTable label="Earlier imports" minWidth={640} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>File</Table.Th>
                  <Table.Th ta="right">Lines</Table.Th>
                  <Table.Th>Dates</Table.Th>
                  <Table.Th>Imported</Table.Th>
                  <Table.Th>By</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Row key={one.id} one={one} onRevert={() => setChosen(one)} />
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
      {chosen && <Revert one={chosen} onClose={() => setChosen(null)} />}
    </Section>
  );
}

function Row({ one, onRevert }: { one: IncomeImport; onRevert: () => void }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{one.name}</Table.Td>
      <Table.Td ta="right">{formatCount(one.rows)}</Table.Td>
      <Table.Td>
        {formatDate(one.firstDate)}
        {one.lastDate !== one.firstDate && ` – ${formatDate(one.lastDate)}`}
      </Table.Td>
      <Table.Td>
        <When at={one.liveAt ?? one.createdAt} />
      </Table.Td>
      <Table.Td>{one.by}</Table.Td>
      <Table.Td ta="right">
        {one.revertedAt ? (
          <Tag>Reverted</Tag>
        ) : (
          <Button size="xs" variant="default" onClick={onRevert} aria-label={`Revert ${one.name}`}>
            Revert
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Revert({ one, onClose }: { one: IncomeImport; onClose: () => void }) {
  const client = useQueryClient();
  const revert = useMutation({
    mutationFn: () =>
      data(api.POST('/income/imports/{id}/revert', { params: { path: { id: one.id } } })),
    onSuccess: () => {
      sayDone(`${one.name} has been taken back.`);
      return client.invalidateQueries({ queryKey: money });
    },
    // The dialog shows what was refused.
    onError: () => undefined,
  });
  return (
    <RevertDialog name={one.name} revert={() => revert.mutateAsync()} onClose={onClose}>
      {`${plural(one.rows, 'line')} will be gone from every list and figure. Donors that the import added stay. You can import the file again.`}
    </RevertDialog>
  );
}
