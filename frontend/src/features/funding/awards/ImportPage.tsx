import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileDrop } from '@/shared/forms/FileDrop';
import { ErrorState } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { AwardImports } from './AwardImports';
import { importsQuery, sendAwards } from './queries';

/** Choose a file that a funder publishes, or go back to an earlier one. */
export function AwardImportPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const send = useMutation({
    mutationFn: sendAwards,
    onError: () => {
      // The page shows the error below the place for the file.
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
      await navigate({ to: '/funding/funders/import/$id', params: { id } });
    },
  });
  return (
    <Page
      title="Import awards"
      back={
        <TextLink to="/funding/funders">
          <BackLabel>Funders</BackLabel>
        </TextLink>
      }
    >
      <FileDrop
        file={send.variables ?? null}
        busy={send.isPending}
        onFile={(file) => send.mutate(file)}
        title="Drop a file of awards here: JSON, CSV, XLSX or XML"
        hint="A file of 360Giving, of IATI or of the EU’s Financial Transparency System, as the funder publishes it. Of awards to persons only amount and year are kept. Nothing is saved before you have seen what is in it."
        accept=".json,.csv,.xlsx,.xml,application/json,text/csv,text/xml"
        label="File of awards"
      />
      {send.error && <ErrorState error={send.error} />}
      <AwardImports />
    </Page>
  );
}
