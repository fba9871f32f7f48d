import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '@/shared/api/client';
import type { IncomeImportResult } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { FileDrop } from '@/shared/forms/FileDrop';
import { ErrorState, LoadingRows } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { ImportHistory } from './ImportHistory';
import { ImportPreview } from './ImportPreview';
import { ImportResult } from './ImportResult';
import classes from './funding.module.css';
import { money } from './queries';

const COLUMNS =
  'donor, ultimate_donor, date, amount, currency, earmarking, restriction, source_type';

function send(file: File, dryRun: boolean) {
  const form = new FormData();
  form.append('file', file);
  return upload<IncomeImportResult>('/income/import', { dryRun }, form);
}

/** Choose a file, see what would happen, let it happen. */
export function ImportPage() {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({ mutationFn: (chosen: File) => send(chosen, true), onError: shown });
  const real = useMutation({
    mutationFn: (chosen: File) => send(chosen, false),
    onError: shown,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: money });
      await client.invalidateQueries({ queryKey: ['stakeholders'] });
    },
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    real.reset();
    preview.mutate(chosen);
  };
  const startAgain = () => {
    setFile(null);
    preview.reset();
    real.reset();
  };
  const plan = preview.data;

  return (
    <Page
      title="Import income"
      back={
        <TextLink to="/funding">
          <BackLabel>Funding</BackLabel>
        </TextLink>
      }
    >
      {real.data ? (
        <ImportResult result={real.data} onAnother={startAgain} />
      ) : (
        <>
          <p className={classes.lead}>
            A file of gifts from a crowdfunding or donation platform has{' '}
            <TextLink to="/funding/import/gifts" underline="always">
              an import of its own
            </TextLink>
            .
          </p>
          <FileDrop
            file={file}
            onFile={choose}
            title="Drop a CSV or XLSX file of income lines here"
            hint={`Columns: ${COLUMNS}. Delimiter, encoding, date and number forms are recognised. Nothing is saved before you have seen the preview.`}
            accept=".csv,.txt,.xlsx,text/csv"
            label="CSV or XLSX file"
          />
          {preview.isPending && <LoadingRows rows={5} />}
          {preview.error && file && (
            <ErrorState error={preview.error} onRetry={() => preview.mutate(file)} />
          )}
          {plan && file && (
            <>
              <ImportPreview plan={plan} />
              {real.error && <ErrorState error={real.error} />}
              <Group mt="md">
                <Button
                  disabled={plan.errorCount > 0 || plan.rows === 0}
                  loading={real.isPending}
                  onClick={() => real.mutate(file)}
                >
                  Import {plural(plan.rows, 'line')}
                </Button>
                <Button variant="default" onClick={startAgain}>
                  Cancel
                </Button>
              </Group>
            </>
          )}
        </>
      )}
      <ImportHistory />
    </Page>
  );
}

function shown() {
  // The page shows the error where the answer would have been.
}
