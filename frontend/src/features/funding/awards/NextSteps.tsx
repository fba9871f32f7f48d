import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { api, data, ifMatch } from '@/shared/api/client';
import type { AwardImport } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { ErrorState } from '@/shared/states/states';
import { useAwardsWrite, useStep } from './queries';

/** What a person can do with a file that waits for them: let it in, read it again, be rid of it. */
export function NextSteps({ one }: { one: AwardImport }) {
  const may = useMay('funding:write');
  const navigate = useNavigate();
  const step = useStep(one, one.state === 'checked' ? 'apply' : 'check');
  const discard = useAwardsWrite(
    // One leaves before the imports are read again: this one is no more.
    ({ id, rev }: AwardImport) =>
      data(
        api.DELETE('/award-imports/{id}', { params: { path: { id }, header: ifMatch(rev) } }),
      ).then(() => navigate({ to: '/funding/funders/import' })),
    'The file is discarded.',
  );
  if (!may) return null;
  const takes = one.created + one.changed + one.unchanged;
  return (
    <>
      <Group mt="md" mb="lg">
        {one.state === 'checked' ? (
          <Button disabled={takes === 0} loading={step.isPending} onClick={() => step.mutate()}>
            Import {plural(takes, 'award')}
          </Button>
        ) : (
          <Button loading={step.isPending} onClick={() => step.mutate()}>
            Read it again
          </Button>
        )}
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate(one)}>
          Discard the file
        </Button>
      </Group>
      {(step.error ?? discard.error) && <ErrorState error={step.error ?? discard.error} />}
    </>
  );
}
