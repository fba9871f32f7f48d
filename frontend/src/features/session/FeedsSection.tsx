import { Button, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { sayDone } from '@/shared/ui/say';
import { When } from '@/shared/ui/When';
import { feedWords, NewFeedDialog } from './NewFeedDialog';

const key = ['feeds'];

/** The secret addresses under which calendar programs read Piper as this account. */
export function FeedsSection() {
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const feeds = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => data(api.GET('/feeds', { signal })),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => data(api.DELETE('/feeds/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      sayDone('The address no longer works.');
      return client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Section
      title="Calendar addresses"
      actions={
        <Button size="xs" variant="default" onClick={dialog.open}>
          New address
        </Button>
      }
    >
      <Ready query={feeds} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No calendar addresses">
              A calendar program that knows such an address shows deadlines beside your other
              appointments. Whoever knows it can read it, so keep it to yourself.
            </EmptyState>
          ) : (
            <PlainTable label="Calendar addresses" minWidth={480} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Shows</Table.Th>
                  <Table.Th>Last read</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((feed) => (
                  <Table.Tr key={feed.id}>
                    <Table.Td fw={500}>{feed.name}</Table.Td>
                    <Table.Td>
                      {feedWords[feed.kind]}
                      {feed.words && ` with “${feed.words}”`}
                    </Table.Td>
                    <Table.Td>
                      {feed.lastReadAt ? <When at={feed.lastReadAt} short /> : 'never'}
                    </Table.Td>
                    <Table.Td ta="right">
                      <Button
                        variant="default"
                        size="xs"
                        aria-label={`Revoke ${feed.name}`}
                        onClick={() => revoke.mutate(feed.id)}
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
      <NewFeedDialog kinds={feeds.data?.kinds ?? []} opened={opened} onClose={dialog.close} />
    </Section>
  );
}
