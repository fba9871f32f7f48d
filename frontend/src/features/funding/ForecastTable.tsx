import { Table } from '@mantine/core';
import type { Forecast } from '@/shared/api/types';
import { formatMonth } from '@/shared/format/date';
import { formatMajor } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { partNames } from './ForecastMonth';
import { monthParts, type LensSearch, type MonthPart } from './search';

interface ForecastTableProps {
  of: Forecast;
  lens: LensSearch;
}

/** The months one by one, in whole units of the reporting currency. Each figure opens the lines that it is made of. */
export function ForecastTable({ of, lens }: ForecastTableProps) {
  const figure = (part: MonthPart, month: string, i: number) => {
    const list = of[part];
    if (list === null) return 'n/a';
    const text = formatMajor(list[i] ?? 0, of.currency);
    return list[i] ? (
      <TextLink
        to="/funding/forecast"
        search={{ ...lens, month, part }}
        resetScroll={false}
        aria-label={`${partNames[part]} of ${formatMonth(month)}: ${text}`}
      >
        {text}
      </TextLink>
    ) : (
      text
    );
  };
  return (
    <Section title="Month by month" aside={`whole ${of.currency}`}>
      <PlainTable label="Forecast by month" minWidth={620} tight>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Month</Table.Th>
            {[...monthParts.map((part) => partNames[part]), 'Free reserves after'].map((name) => (
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
                {formatMonth(month)}
                {month === of.cliffMonth && ' · cliff'}
              </Table.Th>
              {monthParts.map((part) => (
                <Table.Td key={part} ta="right">
                  {figure(part, month, i)}
                </Table.Td>
              ))}
              <Table.Td ta="right">
                {of.free === null ? 'n/a' : formatMajor(of.free[i] ?? 0, of.currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}
