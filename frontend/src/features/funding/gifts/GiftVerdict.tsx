import { Button, Table } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { uploadForFile } from '@/shared/api/client';
import type { GiftImportResult, GiftLine } from '@/shared/api/types';
import { formatMonth } from '@/shared/format/date';
import { formatCount, formatMoney, plural } from '@/shared/format/number';
import { ErrorState } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { RowErrors } from '../ImportPreview';
import classes from '../funding.module.css';
import { asQuery, type GiftForm } from './form';

interface GiftVerdictProps {
  plan: GiftImportResult;
  form: GiftForm;
  /** The file, to be sent once more. */
  body: () => FormData;
}

/** What would come into the books, and what is wrong in the file. */
export function GiftVerdict({ plan, form, body }: GiftVerdictProps) {
  const errors = useMutation({
    mutationFn: () => uploadForFile('/income/gifts/errors', asQuery(form), body(), 'errors.csv'),
    onError: () => undefined, // shown below
  });
  const broken = plan.errorCount > 0;
  return (
    <>
      <p className={classes.verdict} data-bad={broken || undefined} role="status">
        {broken
          ? `${plural(plan.errorCount, 'error')} in ${plural(plan.rows, 'line')}. Correct the file and choose it again; it comes in whole or not at all.`
          : `${plural(plan.gifts, 'new gift')} in ${plural(plan.rows, 'line')}. Nothing is saved yet.`}
      </p>
      <ul className={classes.notes}>
        {told(plan).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {broken && (
        <>
          <RowErrors plan={{ ...plan, errors: plan.errors.slice(0, 100) }} />
          <Button variant="default" loading={errors.isPending} onClick={() => errors.mutate()}>
            Save the errors as CSV
          </Button>
          {errors.error && <ErrorState error={errors.error} />}
        </>
      )}
      {!broken && plan.lines.length > 0 && <Lines lines={plan.lines} />}
    </>
  );
}

function told(plan: GiftImportResult): string[] {
  return [
    plan.known > 0 &&
      `${plural(plan.known, 'payment')} of an earlier file, which come no second time.`,
    plan.givenBack > 0 && `${plural(plan.givenBack, 'payment')} of which something was given back.`,
    plan.repeated > 0 && `${plural(plan.repeated, 'line')} that repeat another one.`,
    plan.unpaid > 0 && `${plural(plan.unpaid, 'line')} of payments that never came.`,
    plan.notConverted > 0 &&
      `${plural(plan.notConverted, 'line')} of the books cannot be converted yet, for want of a rate.`,
    ...plan.notes,
  ].filter((sentence) => sentence !== false);
}

const kinds: Record<GiftLine['kind'], string> = {
  gifts: 'Gifts, gross',
  refunds: 'Given back',
  fees: 'Fees, an expense',
};

function Lines({ lines }: { lines: GiftLine[] }) {
  return (
    <Section title="What the books get">
      <PlainTable label="What the books get" minWidth={460}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Month</Table.Th>
            <Table.Th>Line</Table.Th>
            <Table.Th ta="right">Payments</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ kind, month, count, amount }) => (
            <Table.Tr key={`${month} ${kind} ${amount.currency}`}>
              <Table.Td>{formatMonth(month)}</Table.Td>
              <Table.Td>{kinds[kind]}</Table.Td>
              <Table.Td ta="right">{formatCount(count)}</Table.Td>
              <Table.Td ta="right">{formatMoney(amount)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}
