import { Skeleton, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { TextLink } from '@/shared/ui/links';
import { PlainTable } from '@/shared/ui/PlainTable';
import { linesBehind } from '../search';
import { feeLinesQuery } from './queries';
import { useCurrency } from '@/shared/session/session';

/** Whose payments for which year are asked for. */
export interface Asked {
  id: string;
  name: string;
  year: number;
  label: string;
}

/** The lines behind what a member has paid for a year. */
export function FeeLinesDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const currency = useCurrency();
  const query = useQuery(feeLinesQuery(asked.id, asked.year));
  return (
    <Dialog opened onClose={onClose} title={`${asked.name}, ${asked.label}`} size="lg">
      <Ready query={query} loading={<Skeleton height={120} />}>
        {({ items }) => (
          <PlainTable label="Lines of income" minWidth={420}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Received</Table.Th>
                <Table.Th>Note</Table.Th>
                <Table.Th ta="right">Amount</Table.Th>
                <Table.Th ta="right">In {currency}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((line) => (
                <Table.Tr key={line.id}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDate(line.date)}</Table.Td>
                  <Table.Td>{[line.reference, line.note].filter(Boolean).join(' · ')}</Table.Td>
                  <Table.Td ta="right">{formatMoney(line.amount)}</Table.Td>
                  <Table.Td ta="right">
                    {line.worth ? formatMoney(line.worth) : 'No rate yet'}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </PlainTable>
        )}
      </Ready>
      <p style={{ margin: '12px 0 0' }}>
        <TextLink
          to="/funding/income"
          search={linesBehind({ donorId: asked.id, sourceType: 'membership' })}
        >
          All membership fees of {asked.name}
        </TextLink>
      </p>
    </Dialog>
  );
}
