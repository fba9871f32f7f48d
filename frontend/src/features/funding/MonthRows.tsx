import { Table } from '@mantine/core';
import type { ForecastShare } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { PlainTable } from '@/shared/ui/PlainTable';
import { TextLink } from '@/shared/ui/links';

interface MonthRowsProps {
  label: string;
  lines: ForecastShare[];
  /** What the lines add up to. */
  sum: string;
  /** The lines are work that costs something, else money that comes in. */
  ofWork: boolean;
  currency: string;
}

/** The lines behind one figure, and their sum. */
export function MonthRows({ label, lines, sum, ofWork, currency }: MonthRowsProps) {
  return (
    <PlainTable label={label} minWidth={ofWork ? 320 : 640} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{ofWork ? 'Project' : 'What'}</Table.Th>
          {!ofWork && <Table.Th>When</Table.Th>}
          {!ofWork && <Table.Th ta="right">The whole</Table.Th>}
          <Table.Th ta="right">Counts here</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line, i) => (
          <Table.Tr key={`${line.recordId} ${i}`}>
            <Table.Td>
              <Name line={line} />
              {line.payerName && <div style={{ color: 'var(--mute)' }}>{line.payerName}</div>}
            </Table.Td>
            {!ofWork && <Table.Td>{when(line)}</Table.Td>}
            {!ofWork && (
              <Table.Td ta="right">
                {formatMoney(line.amount)}
                {line.probability !== undefined && (
                  <div style={{ color: 'var(--mute)' }}>at {line.probability} %</div>
                )}
              </Table.Td>
            )}
            <Table.Td ta="right">{formatMoney({ minor: line.cents, currency })}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row" colSpan={ofWork ? 1 : 3}>
            Together
          </Table.Th>
          <Table.Th ta="right">{sum}</Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </PlainTable>
  );
}

function Name({ line: { kind, recordId, title } }: { line: ForecastShare }) {
  if (!recordId || kind === 'work') return title;
  return kind === 'agreement' ? (
    <TextLink to="/funding/agreements/$id" params={{ id: recordId }} fz="inherit">
      {title}
    </TextLink>
  ) : (
    <TextLink to="/pipeline/$id" params={{ id: recordId }} fz="inherit">
      {kind === 'award' ? `${title} (awarded)` : title}
    </TextLink>
  );
}

function when({ due, from, to }: ForecastShare): string {
  const term = from && to ? `${formatDate(from)} – ${formatDate(to)}` : '';
  return due ? `due ${formatDate(due)}${term && `, for ${term}`}` : term;
}
