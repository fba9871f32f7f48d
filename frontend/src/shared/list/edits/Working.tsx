import { Button, Group, Progress } from '@mantine/core';
import type { BulkEdit } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { records } from './words';

/** How far an edit is. What is done stays done when it is stopped, and can be gone on with or undone. */
export function Working({ edit: { counts }, onStop }: { edit: BulkEdit; onStop: () => void }) {
  const done = counts.done + counts.skipped;
  return (
    <>
      <p role="status">
        {formatCount(done)} of {records(counts.changing)} changed.
      </p>
      <Progress aria-label="Records changed" value={(100 * done) / Math.max(counts.changing, 1)} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onStop}>
          Stop
        </Button>
      </Group>
    </>
  );
}
