import { Table } from '@mantine/core';
import type { PackContent } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import classes from '../funding.module.css';
import { nameOf, show } from './words';

interface PackSinceProps {
  since: PackContent['since'];
  /** Of the pack: it stays what it was made with. */
  currency: string;
}

/** What has changed since the pack before. */
export function PackSince({ since, currency }: PackSinceProps) {
  if (!since) {
    return (
      <Section title="Since the last pack">
        <p className={classes.hint}>
          There was no earlier pack of this basis and view to compare with.
        </p>
      </Section>
    );
  }
  return (
    <Section title="Since the last pack" aside={`as of ${formatDate(since.asOf)}`}>
      <PlainTable label="Changes since the last pack" minWidth={480}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Figure</Table.Th>
            <Table.Th scope="col" ta="right">
              Then, {since.yearBefore}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Now, {since.yearNow}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {since.changes.map(({ metric, before, now }) => (
            <Table.Tr key={metric}>
              <Table.Th scope="row" fw={400}>
                {nameOf(metric, currency)}
              </Table.Th>
              <Table.Td ta="right">{show(metric, before)}</Table.Td>
              <Table.Td ta="right">{show(metric, now)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
      {since.restated.length > 0 && (
        <p className={classes.hint}>
          Corrected since:{' '}
          {since.restated
            .map(
              ({ label, before, now }) =>
                `${label} was ${formatMajorMoney(before, currency)}, is ${formatMajorMoney(now, currency)}`,
            )
            .join('; ')}
          .
        </p>
      )}
    </Section>
  );
}
