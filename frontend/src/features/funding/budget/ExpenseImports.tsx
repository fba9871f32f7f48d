import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { ExpenseImport } from '@/shared/api/types';
import { formatCount, plural } from '@/shared/format/number';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { When } from '@/shared/ui/When';
import { expenseImportsQuery, useBudgetWrite } from './queries';

export function ExpenseImports() {
  const query = useQuery(expenseImportsQuery);
  const [chosen, setChosen] = useState<ExpenseImport | null>(null);
  return (
    <Section title="Earlier imports">
      <Ready query={query} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No expenses have been imported yet." />
          ) : (
            <PlainTable label="Earlier imports" minWidth={560} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>File</Table.Th>
                  <Table.Th ta="right">Lines</Table.Th>
                  <Table.Th>Imported</Table.Th>
                  <Table.Th>By</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>
                      <TextLink to="/funding/expenses" search={{ importId: one.id }}>
                        {one.name}
                      </TextLink>
                    </Table.Td>
                    <Table.Td ta="right">{formatCount(one.rows)}</Table.Td>
                    <Table.Td>
                      <When at={one.createdAt} />
                    </Table.Td>
                    <Table.Td>{one.by}</Table.Td>
                    <Table.Td ta="right">
                      <Button
                        size="xs"
                        variant="default"
                        onClick={() => setChosen(one)}
                        aria-label={`Revert ${one.name}`}
                      >
                        Revert
                      </Button>
                    </Table.Td>
                  </Table.Tr>
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

function Revert({ one, onClose }: { one: ExpenseImport; onClose: () => void }) {
  const revert = useBudgetWrite(
    () => data(api.POST('/expenses/imports/{id}/revert', { params: { path: { id: one.id } } })),
    `${one.name} has been taken back.`,
  );
  const { problem, busy, submit } = useDialogForm({}, () => revert.mutateAsync(undefined), onClose);
  return (
    <DialogFrame
      title={`Revert ${one.name}?`}
      action="Revert"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <p style={{ margin: 0 }}>
        {plural(one.rows, 'expense')} will be gone, those too that were changed since. The file can
        be imported again.
      </p>
    </DialogFrame>
  );
}
