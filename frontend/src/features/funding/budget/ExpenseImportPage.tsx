import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '@/shared/api/client';
import type { ExpenseImportResult } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { FileDrop } from '@/shared/forms/FileDrop';
import { ErrorState, LoadingRows } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { useMoneyWrite } from '../queries';
import { RowErrors } from '../ImportPreview';
import classes from '../funding.module.css';
import { ExpenseImports } from './ExpenseImports';

function send(file: File, dryRun: boolean) {
  const form = new FormData();
  form.append('file', file);
  return upload<ExpenseImportResult>('/expenses/import', { dryRun }, form);
}

/** Choose a file of the books, see whether it is understood, let it in. */
export function ExpenseImportPage() {
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({
    mutationFn: (chosen: File) => send(chosen, true),
    onError: () => undefined, // the page shows it
  });
  const real = useMoneyWrite((chosen: File) => send(chosen, false), 'The expenses are imported.');
  const begin = (chosen: File | null) => {
    setFile(chosen);
    preview.reset();
    real.reset();
    if (chosen) preview.mutate(chosen);
  };
  const plan = preview.data;
  return (
    <Page
      title="Import expenses"
      back={
        <TextLink to="/funding/expenses">
          <BackLabel>Expenses</BackLabel>
        </TextLink>
      }
    >
      <FileDrop
        file={file}
        onFile={begin}
        title="Drop a file of expenses here, CSV or XLSX"
        hint="Columns: date, project, category, amount, and if you have them fund, currency, state (realised or committed) and text. Projects and funds by name or code. Nothing is saved before you have seen the verdict."
        accept=".csv,.txt,.xlsx,text/csv"
        label="File of expenses"
      />
      {preview.isPending && <LoadingRows rows={3} />}
      {preview.error && file && (
        <ErrorState error={preview.error} onRetry={() => preview.mutate(file)} />
      )}
      {real.data && (
        <>
          <p className={classes.verdict} role="status">
            {plural(real.data.created, 'expense')} imported.
          </p>
          <Group>
            <ButtonLink to="/funding/expenses" search={{ importId: real.data.importId }}>
              See the expenses
            </ButtonLink>
            <Button variant="default" onClick={() => begin(null)}>
              Import another file
            </Button>
          </Group>
        </>
      )}
      {plan && file && !real.data && (
        <>
          <Verdict plan={plan} />
          {real.error && <ErrorState error={real.error} />}
          <Group mt="md">
            <Button
              disabled={plan.errorCount > 0 || plan.rows === 0}
              loading={real.isPending}
              onClick={() => real.mutate(file)}
            >
              Import {plural(plan.rows, 'expense')}
            </Button>
            <Button variant="default" onClick={() => begin(null)}>
              Cancel
            </Button>
          </Group>
        </>
      )}
      <ExpenseImports />
    </Page>
  );
}

function Verdict({ plan }: { plan: ExpenseImportResult }) {
  const broken = plan.errorCount > 0;
  return (
    <>
      <p className={classes.verdict} data-bad={broken || undefined} role="status">
        {broken
          ? `${plural(plan.errorCount, 'error')} in ${plural(plan.rows, 'line')}. Correct the file and choose it again; all lines are imported together or none.`
          : `${plural(plan.rows, 'line')}, all understood. Nothing is saved yet.`}
      </p>
      {plan.notConverted > 0 && (
        <p className={classes.hint}>
          {plural(plan.notConverted, 'line')} cannot be converted yet, for want of a rate.
        </p>
      )}
      {plan.notes.map((note) => (
        <p key={note} className={classes.hint}>
          {note}
        </p>
      ))}
      {broken && <RowErrors plan={plan} />}
    </>
  );
}
