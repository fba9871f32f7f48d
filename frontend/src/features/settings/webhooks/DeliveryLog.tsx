import { Button, SegmentedControl, Table } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api, data } from '@/shared/api/client';
import type { Webhook } from '@/shared/api/types';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { ListEnd } from '@/shared/table/ListEnd';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { useWebhookActions } from './actions';
import { DeliveryRow } from './DeliveryRow';
import { deliveriesSearch } from './search';

const route = getRouteApi('/house/settings/webhooks/$id');

/** What was sent, or is to be sent, the newest first. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const { replay, replayAll } = useWebhookActions(webhook);
  const key = ['webhooks', webhook.id, 'deliveries', state ?? 'all'];
  const list = useKeysetList(key, (page, signal) =>
    data(
      api.GET('/webhooks/{id}/deliveries', {
        params: { path: { id: webhook.id }, query: { ...page, ...(state && { state }) } },
        signal,
      }),
    ),
  );
  // Deliveries go out by themselves: as long as some wait, the log is read again.
  const waiting = webhook.waiting > 0 || list.rows.some((row) => row.state === 'waiting');
  useEffect(() => {
    if (!waiting) return undefined;
    const again = setInterval(
      () => void client.invalidateQueries({ queryKey: ['webhooks', webhook.id, 'deliveries'] }),
      2000,
    );
    return () => clearInterval(again);
  }, [client, waiting, webhook.id]);
  return (
    <Section
      title="Deliveries"
      actions={
        <>
          {webhook.failed > 0 && (
            <Button
              size="xs"
              variant="default"
              loading={replayAll.isPending}
              onClick={() => replayAll.mutate()}
            >
              Replay all given up
            </Button>
          )}
          <ExportButton path={`/webhooks/${webhook.id}/deliveries.csv`} query={{ state }} />
        </>
      }
    >
      <SegmentedControl
        aria-label="Show"
        size="xs"
        mb="sm"
        value={state ?? ''}
        onChange={(value) =>
          void navigate({ search: deliveriesSearch({ state: value }), replace: true })
        }
        data={[
          { value: '', label: 'All' },
          { value: 'waiting', label: 'Waiting' },
          { value: 'delivered', label: 'Delivered' },
          { value: 'failed', label: 'Given up' },
        ]}
      />
      {list.isPending ? (
        <LoadingRows rows={4} />
      ) : list.error && list.rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.rows.length === 0 ? (
        <EmptyState title={state ? 'None.' : 'Nothing was sent yet.'}>
          {!state && 'Send a test, or change a record that this webhook hears of.'}
        </EmptyState>
      ) : (
        <PlainTable label="Deliveries" minWidth={620} stacked>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Event</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Last attempt</Table.Th>
              <Table.Th>
                <span className="visually-hidden">Action</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.rows.map((one) => (
              <DeliveryRow key={one.id} delivery={one} onReplay={() => replay.mutate(one.id)} />
            ))}
          </Table.Tbody>
        </PlainTable>
      )}
      <ListEnd list={list} />
    </Section>
  );
}
