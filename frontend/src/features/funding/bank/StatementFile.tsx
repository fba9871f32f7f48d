import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { StatementResult } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney, plural } from '@/shared/format/number';
import { ErrorState, LoadingRows } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { alreadyWords, paymentsKey, sendStatement, useBankWrite } from './queries';
import classes from './bank.module.css';

interface StatementFileProps {
  file: File;
  onImported: () => void;
}

/** One file: what is in it, and then what it has brought. */
export function StatementFile({ file, onImported }: StatementFileProps) {
  const real = useBankWrite((one: File) => sendStatement(one, false), onImported, true);
  const plan = useQuery({
    queryKey: [...paymentsKey, 'plan', file.name, file.lastModified, file.size],
    queryFn: () => sendStatement(file, true),
    // Each time that it is asked the file goes up again: only while something may still come of it.
    enabled: ({ state }) => !real.isSuccess && state.status !== 'error',
    refetchOnWindowFocus: false,
    retry: false,
    gcTime: 0,
  });
  if (real.data) {
    return (
      <Section title={file.name}>
        <p className={classes.verdict} role="status">
          {plural(real.data.added, 'payment')} imported. {alreadyWords(real.data)}
        </p>
      </Section>
    );
  }
  return (
    <Section
      title={file.name}
      aside={plan.data && about(plan.data)}
      actions={
        plan.data &&
        plan.data.added > 0 && (
          <Button size="xs" loading={real.isPending} onClick={() => real.mutate(file)}>
            Import {plural(plan.data.added, 'payment')}
          </Button>
        )
      }
    >
      {plan.isPending && <LoadingRows rows={3} />}
      {plan.error && <ErrorState error={plan.error} />}
      {real.error && <ErrorState error={real.error} />}
      {plan.data && <Plan of={plan.data} />}
    </Section>
  );
}

function about({ format, accounts, from, to }: StatementResult) {
  return `${format}, account ${accounts.join(', ')}, ${formatDate(from)} – ${formatDate(to)}`;
}

function Plan({ of: plan }: { of: StatementResult }) {
  return (
    <>
      <p className={classes.verdict} role="status">
        {plan.added === 0
          ? 'Nothing in it is new.'
          : `${plural(plan.added, 'new payment')}. Nothing is saved yet.`}{' '}
        {alreadyWords(plan)} {leftOut(plan)}
      </p>
      <Payments label={`New in ${plan.name}`} rows={plan.preview} />
      {plan.preview.length < plan.added && (
        <p className={classes.mute}>The first {plan.preview.length} are shown.</p>
      )}
      {plan.before.length > 0 && (
        <>
          <p className={classes.verdict}>Already there:</p>
          <Payments label={`Already there, of ${plan.name}`} rows={plan.before} of={plan} />
        </>
      )}
    </>
  );
}

function leftOut({ debits, pending }: StatementResult) {
  const parts = [
    debits > 0 && `${plural(debits, 'payment')} out or returned`,
    pending > 0 && `${plural(pending, 'entry', 'entries')} not booked yet`,
  ].filter(Boolean);
  return parts.length > 0 && `Left out: ${parts.join(', ')}.`;
}

interface PaymentsProps {
  label: string;
  rows: StatementResult['preview'];
  /** Of payments that are there: from which statement. */
  of?: StatementResult;
}

function Payments({ label, rows, of: plan }: PaymentsProps) {
  if (rows.length === 0) return null;
  const nameOf = (id: string) => plan?.already.find((one) => one.statementId === id)?.name ?? '';
  return (
    <PlainTable label={label} minWidth={560} stacked>
      <Table.Tbody>
        {rows.map((one, i) => (
          <Table.Tr key={i}>
            <Table.Td w={120} style={{ whiteSpace: 'nowrap' }}>
              {formatDate(one.date)}
            </Table.Td>
            <Table.Td>
              {one.payer ?? 'No name'}
              <div className={classes.mute}>
                {plan ? `already there from ${nameOf(one.statementId)}` : one.remittance}
              </div>
            </Table.Td>
            <Table.Td ta="right" className="num" style={{ whiteSpace: 'nowrap' }}>
              {formatMoney(one.amount)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
