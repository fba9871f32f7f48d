import { useQuery } from '@tanstack/react-query';
import type { Return } from '@/shared/api/types';
import { formatMajorMoney, formatShare, plural } from '@/shared/format/number';
import { say, sourceTypeWords } from '@/shared/format/words';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Table } from '@mantine/core';
import classes from './pipeline.module.css';
import { returnsQuery } from './queries';

/** What asking has cost in days of work and what it has brought, by type of donor. */
export function Returns() {
  const query = useQuery(returnsQuery);
  return (
    <Section title="Fundraising return" aside="by type of donor and programme, all years">
      <Ready query={query} loading={<LoadingRows rows={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing is decided yet.">
              Once donors have answered, this shows which of them are worth the work.
            </EmptyState>
          ) : (
            <ReturnTable rows={items} />
          )
        }
      </Ready>
    </Section>
  );
}

function ReturnTable({ rows }: { rows: Return[] }) {
  const mayAmounts = useMay('amounts:read');
  const all = rows.flatMap(withProgrammes); // a programme may bring more for a day than its type
  const most = Math.max(1, ...all.map(({ perDay }) => perDay?.minor ?? 0));
  return (
    <PlainTable label="Fundraising return" minWidth={mayAmounts ? 640 : 340}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Donors</Table.Th>
          <Table.Th ta="right">Won</Table.Th>
          <Table.Th ta="right">Win rate</Table.Th>
          <Table.Th ta="right">Effort</Table.Th>
          {mayAmounts && <Table.Th ta="right">Brought</Table.Th>}
          {mayAmounts && <Table.Th w="34%">For each day of effort</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {all.map((row) => (
          <Table.Tr key={`${row.sourceType} ${row.programme ?? ''}`}>
            <Table.Th
              scope="row"
              fw={row.programme ? 400 : 500}
              pl={row.programme ? 28 : undefined}
            >
              {row.programme ?? (say(sourceTypeWords, row.sourceType) || 'Type not known')}
            </Table.Th>
            <Table.Td ta="right">
              {row.awarded} of {row.decided}
            </Table.Td>
            <Table.Td ta="right">{formatShare(row.winRate, 0)}</Table.Td>
            <Table.Td ta="right">{plural(row.quarters / 4, 'day')}</Table.Td>
            {mayAmounts && (
              <Table.Td ta="right">
                {row.brought && formatMajorMoney(row.brought.minor, row.brought.currency)}
              </Table.Td>
            )}
            {mayAmounts && (
              <Table.Td>
                <PerDay row={row} most={most} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}

/** A type of donor, and under it the programmes that we have asked for by name. */
const withProgrammes = (row: Return): Return[] => [row, ...(row.programmes ?? [])];

/** A bar and its figure; without effort there is nothing to divide by. */
function PerDay({ row: { perDay }, most }: { row: Return; most: number }) {
  if (!perDay) return <>n/a</>;
  return (
    <span className={classes.perDay}>
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${(100 * perDay.minor) / most}%` }} />
      </span>
      {formatMajorMoney(perDay.minor, perDay.currency)}
    </span>
  );
}
