import { Button, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { sayDone } from '@/shared/ui/say';
import { When } from '@/shared/ui/When';
import { NewTokenDialog } from './NewTokenDialog';

const key = ['tokens'];

export function TokensSection() {
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const tokens = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => data(api.GET('/tokens', { signal })),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => data(api.DELETE('/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      sayDone('The token no longer works.');
      return client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Section
      title="API tokens"
      actions={
        <Button size="xs" variant="default" onClick={dialog.open}>
          New token
        </Button>
      }
    >
      <Ready query={tokens} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No tokens">
              A token lets a program act as you through the API, to read or also to write.
            </EmptyState>
          ) : (
            <PlainTable label="API tokens" minWidth={480} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>May</Table.Th>
                  <Table.Th>Last used</Table.Th>
                  <Table.Th>Ends</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((token) => (
                  <Table.Tr key={token.id}>
                    <Table.Td fw={500}>{token.name}</Table.Td>
                    <Table.Td>{token.scope === 'read' ? 'read' : 'read and write'}</Table.Td>
                    <Table.Td>
                      {token.lastUsedAt ? <When at={token.lastUsedAt} short /> : 'never'}
                    </Table.Td>
                    <Table.Td>
                      {token.expiresAt ? <When at={token.expiresAt} short /> : 'never'}
                    </Table.Td>
                    <Table.Td ta="right">
                      <Button
                        variant="default"
                        size="xs"
                        aria-label={`Revoke ${token.name}`}
                        onClick={() => revoke.mutate(token.id)}
                      >
                        Revoke
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
      <NewTokenDialog opened={opened} onClose={dialog.close} />
    </Section>
  );
}
