import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '@/shared/format/number';
import { FileDrop } from '@/shared/forms/FileDrop';
import { ErrorState, LoadingRows } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { ImportHistory } from '../ImportHistory';
import classes from '../funding.module.css';
import { useMoneyWrite } from '../queries';
import { linesBehind } from '../search';
import { asBody, blank, giftPlanQuery, send, type GiftForm } from './form';
import { ColumnFields } from './ColumnFields';
import { GiftFields } from './GiftFields';
import { GiftVerdict } from './GiftVerdict';
import { useCurrency } from '@/shared/session/session';

/** Choose a campaign and the file of its platform, see what would come into the books, let it in. */
export function GiftImportPage() {
  const [file, setFile] = useState<File | null>(null);
  const [form, setForm] = useState<GiftForm>(blank(useCurrency()));
  const real = useMoneyWrite(
    ({ chosen, said }: { chosen: File; said: GiftForm }) => send(chosen, said, false),
    'The gifts are imported.',
  );
  const query = useQuery(giftPlanQuery(file, form, real.isPending || real.isSuccess));
  const begin = (chosen: File | null) => {
    setFile(chosen);
    setForm((said) => ({ ...said, columns: undefined }));
    real.reset();
  };
  const change = (next: Partial<GiftForm>) => {
    setForm((said) => ({ ...said, ...next }));
    real.reset();
  };
  const plan = file && form.donorId ? query.data : null;
  const ready = plan?.choose.length === 0;
  return (
    <Page
      title="Import gifts"
      back={
        <TextLink to="/funding/import">
          <BackLabel>Import income</BackLabel>
        </TextLink>
      }
    >
      {real.data ? (
        <>
          <p className={classes.verdict} role="status">
            {real.data.gifts > 0
              ? `${plural(real.data.gifts, 'gift')} imported.`
              : 'What is new is imported.'}
          </p>
          <Group>
            <ButtonLink to="/funding/income" search={linesBehind({ donorId: form.donorId })}>
              See the income
            </ButtonLink>
            <Button variant="default" onClick={() => begin(null)}>
              Import another file
            </Button>
          </Group>
        </>
      ) : (
        <>
          <p className={classes.lead}>
            All who gave to a campaign count as one payer, the campaign. Each month becomes one line
            of what was given, and one expense of what the platform took. Names, addresses and
            messages of givers are read over and never kept. The payout that arrives at the bank is
            then no income of its own: say there that it is their payout.
          </p>
          <GiftFields form={form} onChange={change} fees={hasFees(plan)} error={real.error} />
          <FileDrop
            file={file}
            onFile={begin}
            title="Drop the platform’s list of payments here, CSV or XLSX"
            hint="Files may overlap: a payment comes once, and what was given back since is taken off. Nothing is saved before you have seen the verdict."
            accept=".csv,.txt,.xlsx,text/csv"
            label="File of gifts"
          />
          {file && !form.donorId && (
            <p className={classes.hint}>Choose the campaign, and the file is looked at.</p>
          )}
          {query.isLoading && <LoadingRows rows={3} />}
          {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
          {plan && !query.error && (
            <ColumnFields plan={plan} chosen={form.columns} onChange={change} />
          )}
          {ready && file && !query.error && (
            <>
              <GiftVerdict plan={plan} form={form} body={() => asBody(file)} />
              {real.error && <ErrorState error={real.error} />}
              <Group mt="md">
                <Button
                  // While another choice is looked at, the verdict is of the one before.
                  disabled={
                    query.isPlaceholderData || plan.errorCount > 0 || plan.lines.length === 0
                  }
                  loading={real.isPending}
                  onClick={() =>
                    real.mutate({ chosen: file, said: { ...form, columns: plan.columns } })
                  }
                >
                  {plan.gifts > 0 ? `Import ${plural(plan.gifts, 'gift')}` : 'Import what is new'}
                </Button>
                <Button variant="default" onClick={() => begin(null)}>
                  Cancel
                </Button>
              </Group>
            </>
          )}
        </>
      )}
      <ImportHistory of="gifts" />
    </Page>
  );
}

function hasFees(plan: { lines: { kind: string }[] } | null | undefined): boolean {
  return plan?.lines.some(({ kind }) => kind === 'fees') ?? false;
}
