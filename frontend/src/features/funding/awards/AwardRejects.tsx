import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { apiUrl } from '@/shared/api/client';
import type { AwardImport } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { rejectsQuery } from './queries';

/** The records of a file that are not taken, each with its reason; nothing where there are none. */
export function AwardRejects({ one }: { one: AwardImport }) {
  const query = useQuery({ ...rejectsQuery(one), enabled: one.rejected > 0 });
  if (one.rejected === 0) return null;
  return (
    <Section title="Not taken" aside={<All one={one} shown={query.data?.items.length} />}>
      <Ready query={query} loading={<LoadingRows rows={3} />}>
        {({ items }) => (
          <PlainTable label="Not taken" minWidth={560} stacked>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={160}>Where</Table.Th>
                <Table.Th w={220}>Their number</Table.Th>
                <Table.Th>Why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((reject, i) => (
                <Table.Tr key={i}>
                  <Table.Td>{reject.place}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{reject.ref}</Table.Td>
                  <Table.Td>{reject.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </PlainTable>
        )}
      </Ready>
    </Section>
  );
}

function All({ one, shown = one.rejected }: { one: AwardImport; shown: number | undefined }) {
  return (
    <>
      {shown < one.rejected && `the first ${shown} of ${formatCount(one.rejected)}, `}
      <Anchor href={apiUrl(`/award-imports/${one.id}/rejects.csv`)} download fz="sm">
        {shown < one.rejected ? 'all of them as CSV' : 'as CSV'}
      </Anchor>
    </>
  );
}
