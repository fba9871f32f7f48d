import { Table } from '@mantine/core';
import type { Forecast } from '@/shared/api/types';
import { formatMajor } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { monthName } from './ForecastPicture';

/** The months one by one, in whole euros. */
export function ForecastTable({ of }: { of: Forecast }) {
  const at = (list: number[] | null, i: number) =>
    list === null ? 'n/a' : formatMajor(list[i] ?? 0, of.currency);
  return (
    <Section title="Month by month" aside={`whole ${of.currency}`}>
      <PlainTable label="Forecast by month" minWidth={620} tight>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Month</Table.Th>
            {['Secured', 'Pipeline', 'Core cost', 'All work', 'Free reserves after'].map((name) => (
              <Table.Th key={name} scope="col" ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.months.map((month, i) => (
            <Table.Tr key={month}>
              <Table.Th scope="row" fw={month === of.cliffMonth ? 600 : 400}>
                {monthName(month)}
                {month === of.cliffMonth && ' · cliff'}
              </Table.Th>
              <Table.Td ta="right">{at(of.secured, i)}</Table.Td>
              <Table.Td ta="right">{at(of.weighted, i)}</Table.Td>
              <Table.Td ta="right">{at(of.coreCost, i)}</Table.Td>
              <Table.Td ta="right">{at(of.cost, i)}</Table.Td>
              <Table.Td ta="right">{at(of.free, i)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}
