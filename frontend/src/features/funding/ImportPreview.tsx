import { Table } from '@mantine/core';
import type { IncomeImportResult } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney, plural } from '@/shared/format/number';
import { earmarkingWords, restrictionWords, say, sourceTypeWords } from '@/shared/format/words';
import { Section } from '@/shared/ui/Page';
import { Tag, Tags } from '@/shared/ui/Tag';
import classes from './funding.module.css';
import { useCurrency } from '@/shared/session/session';

/** What the file says, as Piper understands it. */
export function ImportPreview({ plan }: { plan: IncomeImportResult }) {
  const broken = plan.errorCount > 0;
  return (
    <>
      <p className={classes.verdict} data-bad={broken || undefined} role="status">
        {broken
          ? `${plural(plan.errorCount, 'error')} in ${plural(plan.rows, 'line')}. Correct the file and choose it again; all lines are imported together or none.`
          : `${plural(plan.rows, 'line')}, all understood. Nothing is saved yet.`}
      </p>
      {plan.notes.length > 0 && (
        <ul className={classes.notes}>
          {plan.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {broken && <RowErrors plan={plan} />}
      {plan.newDonors.length > 0 && (
        <Section title={`${plural(plan.newDonors.length, 'new donor')} would be added`}>
          <Tags>
            {plan.newDonors.slice(0, 60).map((name) => (
              <Tag key={name}>{name}</Tag>
            ))}
            {plan.newDonors.length > 60 && <span>and {plan.newDonors.length - 60} more</span>}
          </Tags>
        </Section>
      )}
      {plan.preview.length > 0 && <Lines plan={plan} />}
    </>
  );
}

/** What is wrong with lines of a file. */
export function RowErrors({ plan }: { plan: Pick<IncomeImportResult, 'errorCount' | 'errors'> }) {
  return (
    <Section
      title="Errors"
      aside={plan.errorCount > plan.errors.length && `the first ${plan.errors.length}`}
    >
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={70}>Line</Table.Th>
              <Table.Th w={150}>Column</Table.Th>
              <Table.Th w={200}>Value</Table.Th>
              <Table.Th>What is wrong</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plan.errors.map((error, i) => (
              <Table.Tr key={`${error.row}-${error.field}-${i}`}>
                <Table.Td>{error.row}</Table.Td>
                <Table.Td>{error.field}</Table.Td>
                <Table.Td ff="monospace" fz="sm" style={{ overflowWrap: 'anywhere' }}>
                  {error.value}
                </Table.Td>
                <Table.Td>{error.message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Lines({ plan }: { plan: IncomeImportResult }) {
  const currency = useCurrency();
  return (
    <Section
      title="Preview"
      aside={plan.preview.length < plan.rows && `the first ${plan.preview.length} lines`}
    >
      <Table.ScrollContainer minWidth={820} type="native" tabIndex={0}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Date</Table.Th>
              <Table.Th>Donor</Table.Th>
              <Table.Th>Ultimate donor</Table.Th>
              <Table.Th>Earmarking</Table.Th>
              <Table.Th>Restriction</Table.Th>
              <Table.Th>Source</Table.Th>
              <Table.Th ta="right">Amount</Table.Th>
              <Table.Th ta="right">In {currency}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plan.preview.map((line) => (
              <Table.Tr key={line.row}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDate(line.date)}</Table.Td>
                <Table.Td>{line.donorName}</Table.Td>
                <Table.Td c="dimmed">
                  {line.ultimateDonorName !== line.donorName && line.ultimateDonorName}
                </Table.Td>
                <Table.Td>{say(earmarkingWords, line.earmarking)}</Table.Td>
                <Table.Td>{say(restrictionWords, line.restriction)}</Table.Td>
                <Table.Td>{say(sourceTypeWords, line.sourceType)}</Table.Td>
                <Table.Td ta="right">{formatMoney(line.amount)}</Table.Td>
                <Table.Td ta="right">
                  {line.worth ? formatMoney(line.worth) : <Tag tone="warn">No rate yet</Tag>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
