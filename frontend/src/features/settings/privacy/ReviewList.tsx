import { Checkbox, Table } from '@mantine/core';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { formatDate } from '@/shared/format/date';
import { lawfulBasisWords } from '@/shared/format/words';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { ListEnd } from '@/shared/table/ListEnd';
import { TextLink } from '@/shared/ui/links';
import { PlainTable } from '@/shared/ui/PlainTable';
import { When } from '@/shared/ui/When';
import { KeepForm } from './KeepForm';
import { privacyKey } from './queries';
import type { ReviewsSearch } from './search';
import { whyWords } from './words';

export function ReviewList({ search }: { search: ReviewsSearch }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const list = useKeysetList([...privacyKey, 'reviews', search], async (page, signal) => {
    const found = await data(
      api.GET('/privacy/reviews', { params: { query: { ...search, ...page } }, signal }),
    );
    return {
      ...found,
      items: found.items.map((one) => ({ ...one, name: found.names[one.stakeholderId] ?? '' })),
    };
  });
  if (list.isPending) return <LoadingRows rows={5} />;
  if (list.error && list.rows.length === 0)
    return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.rows.length === 0) return <EmptyState title="Nobody is up for review." />;
  const names = new Map(list.rows.map((one) => [one.stakeholderId, one.name]));
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <PlainTable label="Persons up for review" minWidth={620} stacked>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Choose</Table.Th>
            <Table.Th>Name</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th>Last contact</Table.Th>
            <Table.Th>Legal basis</Table.Th>
            <Table.Th>Review on</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.rows.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <Checkbox
                  aria-label={`Choose ${one.name}`}
                  checked={chosen.includes(one.stakeholderId)}
                  onChange={() => toggle(one.stakeholderId)}
                />
              </Table.Td>
              <Table.Td>
                <TextLink to="/settings/privacy/person/$id" params={{ id: one.stakeholderId }}>
                  {one.name}
                </TextLink>
              </Table.Td>
              <Table.Td>{whyWords[one.why]}</Table.Td>
              <Table.Td>{one.lastAt ? <When at={one.lastAt} /> : 'None'}</Table.Td>
              <Table.Td>{lawfulBasisWords[one.basis ?? ''] ?? 'None'}</Table.Td>
              <Table.Td>{one.reviewOn ? formatDate(one.reviewOn) : ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
      <ListEnd list={list} />
      {chosen.length > 0 && (
        <KeepForm
          ids={chosen}
          names={chosen.map((id) => names.get(id) ?? '')}
          onDone={() => setChosen([])}
        />
      )}
    </>
  );
}
