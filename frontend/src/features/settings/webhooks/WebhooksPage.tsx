import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Webhook } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag, Tags } from '@/shared/ui/Tag';
import { webhooksQuery } from './queries';
import { WebhookDialog } from './WebhookDialog';
import { eventParts, nounWords } from './words';

export function WebhooksPage() {
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  const webhooks = useQuery(webhooksQuery);
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      New webhook
    </Button>
  );
  return (
    <Page title="Webhooks" actions={webhooks.data && webhooks.data.items.length > 0 && add}>
      <p style={{ marginTop: 0, maxWidth: '68ch', color: 'var(--mute)' }}>
        A webhook is an address of another program that Piper tells of changes, within seconds.
        Mail, private notes and private tasks are never told.
      </p>
      <Ready query={webhooks} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No webhook yet." action={add}>
              Add the address of the program that shall hear of changes, and choose which.
            </EmptyState>
          ) : (
            <PlainTable label="Webhooks" minWidth={620} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Webhook</Table.Th>
                  <Table.Th>Hears of</Table.Th>
                  <Table.Th>State</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((webhook) => (
                  <WebhookRow key={webhook.id} webhook={webhook} />
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
      {adding && webhooks.data && (
        <WebhookDialog
          webhook={null}
          events={webhooks.data.events}
          onClose={(id) => {
            setAdding(false);
            if (id) void navigate({ to: '/settings/webhooks/$id', params: { id } });
          }}
        />
      )}
    </Page>
  );
}

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const nouns = [...new Set(webhook.events.map((event) => nounWords(eventParts(event).noun)))];
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/settings/webhooks/$id" params={{ id: webhook.id }} fw={600}>
          {webhook.name}
        </TextLink>
        <div style={{ color: 'var(--mute)', fontSize: 13.5, overflowWrap: 'anywhere' }}>
          {webhook.url}
        </div>
      </Table.Td>
      <Table.Td>{nouns.join(', ')}</Table.Td>
      <Table.Td>
        <WebhookState webhook={webhook} />
      </Table.Td>
    </Table.Tr>
  );
}

/** Whether it is active, and what waits or failed. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  return (
    <Tags>
      {webhook.pausedAt ? <Tag tone="warn">Paused</Tag> : <Tag tone="good">Active</Tag>}
      {webhook.waiting > 0 && <Tag tone="info">{formatCount(webhook.waiting)} waiting</Tag>}
      {webhook.failed > 0 && <Tag tone="bad">{formatCount(webhook.failed)} given up</Tag>}
    </Tags>
  );
}
