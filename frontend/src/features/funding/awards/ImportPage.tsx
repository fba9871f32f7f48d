import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AwardImportResult } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { FileDrop } from '@/shared/forms/FileDrop';
import { ErrorState, LoadingRows } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import classes from '../funding.module.css';
import { AwardImports } from './AwardImports';
import { AwardPlan } from './AwardPlan';
import { sendAwards, useAwardsWrite } from './queries';
import { broughtWords } from './words';

/** Choose a file that a funder publishes, see what is in it, let it in. */
export function AwardImportPage() {
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({
    mutationFn: (chosen: File) => sendAwards(chosen, true),
    // The page shows what was refused.
    onError: () => undefined,
  });
  const real = useAwardsWrite(
    (chosen: File) => sendAwards(chosen, false),
    'The awards are imported.',
  );
  const begin = (chosen: File | null) => {
    setFile(chosen);
    preview.reset();
    real.reset();
    if (chosen) preview.mutate(chosen);
  };
  const plan = preview.data;
  const takes = plan ? plan.created + plan.changed + plan.unchanged : 0;
  return (
    <Page
      title="Import awards"
      back={
        <TextLink to="/funding/funders">
          <BackLabel>Funders</BackLabel>
        </TextLink>
      }
    >
      {real.data ? (
        <Done result={real.data} onAnother={() => begin(null)} />
      ) : (
        <>
          <FileDrop
            file={file}
            onFile={begin}
            title="Drop a file of awards here: JSON, CSV, XLSX or XML"
            hint="A file of 360Giving, of IATI or of the EU’s Financial Transparency System, as the funder publishes it. Of awards to persons only amount and year are kept. Nothing is saved before you have seen what is in it."
            accept=".json,.csv,.xlsx,.xml,application/json,text/csv,text/xml"
            label="File of awards"
          />
          {preview.isPending && <LoadingRows rows={4} />}
          {preview.error && file && (
            <ErrorState error={preview.error} onRetry={() => preview.mutate(file)} />
          )}
          {plan && file && (
            <>
              <AwardPlan plan={plan} />
              {real.error && <ErrorState error={real.error} />}
              <Group mt="md">
                <Button
                  disabled={takes === 0}
                  loading={real.isPending}
                  onClick={() => real.mutate(file)}
                >
                  Import {plural(takes, 'award')}
                </Button>
                <Button variant="default" onClick={() => begin(null)}>
                  Cancel
                </Button>
              </Group>
            </>
          )}
        </>
      )}
      <AwardImports />
    </Page>
  );
}

interface DoneProps {
  result: AwardImportResult;
  onAnother: () => void;
}

function Done({ result, onAnother }: DoneProps) {
  return (
    <>
      <p className={classes.verdict} role="status">
        Imported: {broughtWords(result)}, of {plural(result.funders, 'funder')}.
      </p>
      {result.rejected > 0 && (
        <p className={classes.hint}>
          {plural(result.rejected, 'record')} could not be taken; the list below has the reasons.
        </p>
      )}
      <Group mt="md">
        <ButtonLink to="/funding/funders">See the funders</ButtonLink>
        <Button variant="default" onClick={onAnother}>
          Import another file
        </Button>
      </Group>
    </>
  );
}
