import { SegmentedControl, Table } from '@mantine/core';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { SetAside } from '@/shared/api/types';
import { formatTotal } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { ListEnd } from '@/shared/table/ListEnd';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { When } from '@/shared/ui/When';

type Reason = SetAside['reason'];

const reasons: { value: Reason; label: string; empty: string }[] = [
  { value: 'withheld', label: 'Withheld', empty: 'No message has been withheld.' },
  { value: 'unreadable', label: 'Unreadable', empty: 'Every message could be read.' },
  { value: 'forgotten', label: 'Forgotten', empty: 'Every message involved a stakeholder.' },
];

/** What was not kept, and why. There is nothing of the content to see. */
export function SetAsideList() {
  const [reason, setReason] = useState<Reason>('withheld');
  const list = useKeysetList(['mail', 'set-aside', reason], (page, signal) =>
    data(api.GET('/mail/set-aside', { params: { query: { reason, ...page } }, signal })),
  );
  return (
    <Section
      title="Mail that was not kept"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Reason"
          data={reasons}
          value={reason}
          onChange={(value) =>
            setReason(reasons.find((one) => one.value === value)?.value ?? 'withheld')
          }
        />
      }
    >
      {list.isPending ? (
        <LoadingRows rows={4} />
      ) : list.error && list.rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.rows.length === 0 ? (
        <EmptyState title={reasons.find((one) => one.value === reason)?.empty ?? ''} />
      ) : (
        <>
          <PlainTable label="Mail that was not kept" minWidth={520} stacked>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Arrived</Table.Th>
                <Table.Th>Mailbox and folder</Table.Th>
                <Table.Th>No.</Table.Th>
                {reason !== 'forgotten' && <Table.Th>Why</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.rows.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <When at={one.date} />
                  </Table.Td>
                  <Table.Td>
                    {one.mailbox}, {one.folder}
                  </Table.Td>
                  <Table.Td>{one.uid}</Table.Td>
                  {reason !== 'forgotten' && <Table.Td>{one.rule}</Table.Td>}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </PlainTable>
          <ListEnd list={list} />
        </>
      )}
    </Section>
  );
}
