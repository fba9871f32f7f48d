import { Table } from '@mantine/core';
import type { PackContent } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import classes from '../funding.module.css';
import { Mark } from '../Mark';
import { nameOf, show } from './words';

/** The figures of the pack's last year, as they were. */
export function PackFigures({ of }: { of: PackContent }) {
  const { dashboard, running } = of;
  const before = of.donors.labels.at(-2) ?? 'The year before';
  return (
    <Section title={`Figures of ${dashboard.label}${running ? ' so far' : ''}`}>
      <PlainTable label="Figures" minWidth={520}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Figure</Table.Th>
            <Table.Th scope="col" ta="right">
              {dashboard.label}
            </Table.Th>
            <Table.Th scope="col">Limit</Table.Th>
            <Table.Th scope="col" ta="right">
              {before}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {dashboard.readings.map(({ metric, value, before, mark }) => (
            <Table.Tr key={metric}>
              <Table.Th scope="row" fw={400}>
                {nameOf(metric, dashboard.currency)}
              </Table.Th>
              <Table.Td ta="right" fw={600}>
                {show(metric, value)}
              </Table.Td>
              <Table.Td>
                {mark && <Mark level={mark} below={metric === 'reserveMonths'} />}
              </Table.Td>
              <Table.Td ta="right">{show(metric, before)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
      <p className={classes.hint}>Limits are the secretariat’s own choice.</p>
    </Section>
  );
}
