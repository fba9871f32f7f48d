import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { apiUrl } from '@/shared/api/client';
import type { StakeholderImport } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { ErrorState } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { useSettings, useStep } from './queries';
import { RowsTable } from './RowsTable';

/** What a dry run says, or an import came to, with its rows and the next step. */
export function Result({ one }: { one: StakeholderImport }) {
  const may = useMay('stakeholders:write');
  return (
    <>
      <p role="status" style={{ fontSize: 17, fontWeight: 600 }}>
        {sentenceOf(one)}
      </p>
      <Group mb="lg">
        {may && one.state === 'checked' && <NextSteps one={one} />}
        {may && one.state === 'live' && !one.swept && <Revert one={one} />}
        {one.counts.error > 0 && (
          <Button
            component="a"
            variant="default"
            href={apiUrl(`/stakeholder-imports/${one.id}/errors.csv`)}
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Error file
          </Button>
        )}
      </Group>
      {one.swept ? (
        <p>The file and its rows are no longer kept.</p>
      ) : (
        <RowsTable key={one.plan} one={one} />
      )}
    </>
  );
}

function sentenceOf({ state, counts, back }: StakeholderImport) {
  const { create, update, skip, error, organisations, posts } = counts;
  const brought =
    organisations > 0 ? `, among them ${plural(organisations, 'organisation')} that rows name` : '';
  const held = posts > 0 ? `, ${plural(posts, 'post')} at organisations` : '';
  const rest = `${plural(skip, 'row')} skipped, ${plural(error, 'error')}`;
  if (state === 'reverted')
    return `Taken back: ${plural(back.removed, 'record')} removed, ${plural(back.restored, 'record')} as before, ${plural(back.kept, 'record')} kept because of what happened since.`;
  if (state === 'live')
    return `${plural(create, 'record')} created${brought}; ${plural(update, 'record')} updated${held}, ${rest}.`;
  return `${plural(create, 'record')} would be created${brought}; ${plural(update, 'record')} updated${held}, ${rest}. Nothing is saved yet.`;
}

function NextSteps({ one }: { one: StakeholderImport }) {
  const apply = useStep(one, 'apply');
  const map = useSettings(one);
  const n = one.counts.create + one.counts.update;
  return (
    <>
      <Button disabled={n === 0} loading={apply.isPending} onClick={() => apply.mutate()}>
        Import {plural(n, 'record')}
      </Button>
      <Button
        variant="default"
        loading={map.isPending}
        onClick={() =>
          map.mutate({
            options: one.options,
            fields: one.columns.map((column) => column.field),
            ...(one.constants && { constants: one.constants }),
            policy: one.policy,
          })
        }
      >
        Change the mapping
      </Button>
      {(apply.error ?? map.error) && <ErrorState error={apply.error ?? map.error} />}
    </>
  );
}

function Revert({ one }: { one: StakeholderImport }) {
  const [asking, setAsking] = useState(false);
  const revert = useStep(one, 'revert');
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Revert the import
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={`Revert ${one.name}?`}>
        <p style={{ marginTop: 0 }}>
          What it created is removed and what it changed gets its old values back. Records that were
          changed, or that something refers to, since stay and are listed.
          {one.until && ` It can be reverted until ${formatDate(one.until.slice(0, 10))}.`}
        </p>
        {revert.error && <ErrorState error={revert.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button color="red.9" loading={revert.isPending} onClick={() => revert.mutate()}>
            Revert
          </Button>
        </Group>
      </Dialog>
    </>
  );
}
