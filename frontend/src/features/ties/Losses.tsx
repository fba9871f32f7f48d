import { Table } from '@mantine/core';
import type { Continuity } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import classes from './ties.module.css';

/** How many key stakeholders would be lost with each colleague. */
export function Losses({ losses }: { losses: Continuity['losses'] }) {
  return (
    <Section title="If a colleague left">
      <PlainTable label="If a colleague left" minWidth={320} tight>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Colleague</Table.Th>
            <Table.Th ta="right">Would be lost</Table.Th>
            <Table.Th ta="right">Knows</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {losses.map((one) => (
            <Table.Tr key={one.accountId}>
              <Table.Td fw={500}>{one.accountName}</Table.Td>
              <Table.Td ta="right" className={classes.number}>
                {one.lost}
              </Table.Td>
              <Table.Td ta="right" className={classes.number}>
                {one.known}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}
