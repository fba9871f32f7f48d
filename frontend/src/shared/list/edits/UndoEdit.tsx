import { Button, Group } from '@mantine/core';
import type { BulkEdit } from '@/shared/api/types';
import { sayDone, sayFailed } from '@/shared/ui/say';
import type { BulkList } from './bulkList';
import { saidOfApply, sayUndone } from './outcome';
import { useWork } from './queries';
import { records } from './words';

/** Takes an edit back; one that was stopped half way can also be gone on with. */
export function UndoEdit({ edit, of }: { edit: BulkEdit; of: BulkList }) {
  const work = useWork(of);
  const undo = async () => sayUndone(await work.mutateAsync({ id: edit.id, way: 'undo' }));
  const goOn = async () =>
    sayDone(await saidOfApply(await work.mutateAsync({ id: edit.id, way: 'apply' })));
  return (
    <Group className="for-thumbs" gap={6} justify="flex-end" wrap="nowrap">
      {edit.state === 'applying' && (
        <Button
          size="xs"
          loading={work.isPending}
          aria-label={`Go on with the edit of ${records(edit.counts.changing)}`}
          onClick={() => {
            goOn().catch(sayFailed);
          }}
        >
          Go on
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        loading={work.isPending}
        aria-label={`Undo the edit of ${records(edit.counts.done)}`}
        onClick={() => {
          undo().catch(sayFailed);
        }}
      >
        Undo
      </Button>
    </Group>
  );
}
