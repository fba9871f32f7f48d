import { Table } from '@mantine/core';
import type { PrivacyRequest } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { EmptyState } from '@/shared/states/states';
import { PlainTable } from '@/shared/ui/PlainTable';

type Count = PrivacyRequest['counts'][number];

/** What a request finds in one sort of records, in words. */
function said(count: Count): string {
  const parts: [number, string][] = [
    [count.removed, 'removed'],
    [count.unlinked, count.unlinked === 1 ? 'loses the reference' : 'lose the reference'],
    [count.pseudonymised, 'under a pseudonym'],
    [count.rewritten, 'rewritten'],
  ];
  return parts
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${formatCount(n)} ${what}`)
    .join(', ');
}

export function Counts({ counts, held = false }: { counts: Count[]; held?: boolean }) {
  if (counts.length === 0) return <EmptyState title="Nothing was found." />;
  return (
    <PlainTable label="By sort of record" minWidth={320}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Records</Table.Th>
          <Table.Th>{held ? 'How many' : 'What happens'}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {counts.map((count) => (
          <Table.Tr key={count.collection}>
            <Table.Td>{count.label}</Table.Td>
            <Table.Td>{held ? formatCount(count.held) : said(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
