import { Table } from '@mantine/core';
import type { Forecast } from '@/shared/api/types';
import { formatMonth } from '@/shared/format/date';
import { formatFigure, formatMajorMoney, formatShare } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { ForecastPicture } from './ForecastPicture';
import classes from './funding.module.css';

const nameOf = (one: Forecast) => one.name ?? 'Base';

/** The base and its scenarios, as pictures of one kind and as a table of figures. */
export function Comparison({ of }: { of: Forecast[] }) {
  return (
    <Section title="Side by side">
      <div className={classes.multiples}>
        {of.map((one) => (
          <section key={nameOf(one)} aria-label={nameOf(one)}>
            <h3 className={classes.multiple}>{nameOf(one)}</h3>
            <ForecastPicture of={one} height={of.length > 1 ? 210 : 280} />
          </section>
        ))}
      </div>
      <Differences of={of} />
    </Section>
  );
}

const sum = (list: number[] | null) => (list ?? []).reduce((a, b) => a + b, 0);

interface Row {
  name: string;
  show: (one: Forecast) => string;
}

/** The first whole fiscal year that the months hold. */
const yearOf = (one: Forecast) => one.years[1] ?? one.years[0];

function rowsOf(base: Forecast | undefined): Row[] {
  const year = base ? (yearOf(base)?.label ?? '') : '';
  return [
    { name: 'Secured, 36 months', show: (one) => formatMajorMoney(sum(one.secured), one.currency) },
    {
      name: 'Pipeline, weighted',
      show: (one) => formatMajorMoney(sum(one.weighted), one.currency),
    },
    { name: 'Cost of all work', show: (one) => formatMajorMoney(sum(one.cost), one.currency) },
    {
      name: 'Cliff month',
      show: (one) =>
        one.coreCost === null ? 'n/a' : one.cliffMonth ? formatMonth(one.cliffMonth) : 'none',
    },
    {
      name: 'Free reserves last',
      show: (one) =>
        one.free === null
          ? 'n/a'
          : one.exhausted === null
            ? 'over 36 months'
            : `${formatFigure(one.exhausted, 1)} months`,
    },
    { name: `HHI ${year}`, show: (one) => formatFigure(yearOf(one)?.hhi, 3) },
    { name: `EU share ${year}`, show: (one) => formatShare(yearOf(one)?.euShare) },
    { name: `Unearmarked ${year}`, show: (one) => formatShare(yearOf(one)?.unearmarked) },
  ];
}

function Differences({ of }: { of: Forecast[] }) {
  const [base, ...others] = of;
  return (
    <PlainTable label="Differences" minWidth={200 + of.length * 150}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">
            <span className="visually-hidden">Figure</span>
          </Table.Th>
          {of.map((one) => (
            <Table.Th key={nameOf(one)} scope="col" ta="right">
              {nameOf(one)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {base &&
          rowsOf(base).map(({ name, show }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              <Table.Td ta="right">{show(base)}</Table.Td>
              {others.map((one) => (
                <Table.Td
                  key={nameOf(one)}
                  ta="right"
                  fw={show(one) === show(base) ? 400 : 600}
                  {...(show(one) === show(base) && { c: 'dimmed' })}
                >
                  {show(one)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
      </Table.Tbody>
    </PlainTable>
  );
}
