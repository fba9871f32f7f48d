import { Button, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconLink } from '@tabler/icons-react';
import { api, data } from '@/shared/api/client';
import type { Embed } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { sayDone } from '@/shared/ui/say';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { BackLabel, TextLink } from '@/shared/ui/links';
import classes from '../funding.module.css';
import { EmbedDialog } from './EmbedDialog';
import { embedsKey, embedsQuery } from './queries';
import { chartWords } from './words';

export function EmbedsPage() {
  const mayMake = useMay('finance:write');
  const [opened, dialog] = useDisclosure(false);
  const query = useQuery(embedsQuery);
  const make = mayMake && (
    <Button leftSection={<IconLink size={16} aria-hidden />} onClick={dialog.open}>
      New link
    </Button>
  );
  return (
    <Page
      title="Links to charts"
      back={
        <TextLink to="/funding/board">
          <BackLabel>Board packs</BackLabel>
        </TextLink>
      }
      actions={
        <>
          <ExportButton path="/embeds.csv" query={{}} />
          {make}
        </>
      }
    >
      <p className={classes.hint} style={{ marginBottom: 16 }}>
        Whoever has such a link sees one chart without signing in, drawn of the books of the moment,
        until it runs out or is revoked. The chart says its basis and its day.
      </p>
      <Ready query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No chart is shown elsewhere." action={make} />
          ) : (
            <Links of={items} />
          )
        }
      </Ready>
      <EmbedDialog opened={opened} onClose={dialog.close} />
    </Page>
  );
}

function Links({ of }: { of: Embed[] }) {
  const client = useQueryClient();
  const mayRevokeAll = useMay('admin:write');
  const revoke = useMutation({
    mutationFn: (id: string) => data(api.DELETE('/embeds/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      sayDone('The link no longer works.');
      return client.invalidateQueries({ queryKey: embedsKey });
    },
  });
  return (
    <PlainTable label="Links to charts" minWidth={760} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Where it is used</Table.Th>
          <Table.Th>Chart</Table.Th>
          <Table.Th>Made by</Table.Th>
          <Table.Th>Last seen</Table.Th>
          <Table.Th>Works until</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Action</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.map((link) => (
          <Table.Tr key={link.id}>
            <Table.Td fw={500}>{link.name}</Table.Td>
            <Table.Td>{chartWords[link.chart] ?? link.chart}</Table.Td>
            <Table.Td>{link.by}</Table.Td>
            <Table.Td>{link.lastReadAt ? <When at={link.lastReadAt} short /> : 'never'}</Table.Td>
            <Table.Td>
              {link.revokedAt ? (
                <Tag tone="mute">revoked</Tag>
              ) : (
                <>
                  <When at={link.expiresAt} short /> {!link.live && <Tag tone="mute">run out</Tag>}
                </>
              )}
            </Table.Td>
            <Table.Td ta="right">
              {link.live && (link.mine || mayRevokeAll) && (
                <Button
                  variant="default"
                  size="xs"
                  aria-label={`Revoke ${link.name}`}
                  onClick={() => revoke.mutate(link.id)}
                >
                  Revoke
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
