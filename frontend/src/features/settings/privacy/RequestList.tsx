import { Table } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { ListEnd } from '@/shared/table/ListEnd';
import { TextLink } from '@/shared/ui/links';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { requestsKey } from './queries';
import { kindWords, stateWords } from './words';

interface RequestListProps {
  filter: { subject?: string; stakeholderId?: string };
  empty: string;
}

export function RequestList({ filter, empty }: RequestListProps) {
  const list = useKeysetList(requestsKey(filter), (page, signal) =>
    data(api.GET('/privacy/requests', { params: { query: { ...filter, ...page } }, signal })),
  );
  if (list.isPending) return <LoadingRows rows={4} />;
  if (list.error && list.rows.length === 0)
    return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.rows.length === 0) return <EmptyState title={empty} />;
  return (
    <>
      <PlainTable label="Requests" minWidth={560} stacked>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Who</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Asked for</Table.Th>
            <Table.Th>By</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.rows.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <TextLink to="/settings/privacy/requests/$id" params={{ id: one.id }}>
                  {one.name ?? `Erased person ${one.code ?? ''}`}
                </TextLink>
              </Table.Td>
              <Table.Td>{kindWords[one.kind]}</Table.Td>
              <Table.Td>
                <Tag
                  tone={one.state === 'done' ? 'good' : one.state === 'planned' ? 'warn' : 'info'}
                >
                  {stateWords[one.state]}
                </Tag>
              </Table.Td>
              <Table.Td>
                <When at={one.createdAt} />
              </Table.Td>
              <Table.Td>{one.by}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
      <ListEnd list={list} />
    </>
  );
}
