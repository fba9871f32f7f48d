import { Button, Group, Modal, Progress } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { sentenceOf } from '@/shared/api/problem';
import type { BulkEdit, Deed, EditOperation } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { FormProblem } from '@/shared/forms/FormProblem';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';
import classes from './edits.module.css';
import { Operations } from './Operations';
import { Preview } from './Preview';
import { usePreview, useWork, type Selected } from './queries';
import { records } from './words';

interface EditDialogProps {
  /** What is edited; null keeps the dialog closed. */
  selected: Selected | null;
  /** How many records that are, as the list says. */
  count: string;
  deeds: Deed[];
  words: Record<string, Record<string, string>>;
  onDone: () => void;
  onClose: () => void;
}

export function EditDialog({ selected, count, onClose, ...rest }: EditDialogProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={selected !== null}
      onClose={onClose}
      closeOnClickOutside={false}
      title={`Edit ${count}`}
      size={720}
      fullScreen={phone}
    >
      {selected && <Steps selected={selected} onClose={onClose} {...rest} />}
    </Modal>
  );
}

/** First what to do, then what it would do, then doing it. */
function Steps({
  selected,
  deeds,
  words,
  onDone,
  onClose,
}: Omit<EditDialogProps, 'count' | 'selected'> & { selected: Selected }) {
  const [operations, setOperations] = useState<EditOperation[]>([{ do: deeds[0]?.do ?? '' }]);
  const preview = usePreview();
  const work = useWork();
  const undo = useWork();
  const [progress, setProgress] = useState<BulkEdit | null>(null);
  const stopped = useRef(false);
  const edit = preview.data;

  const apply = (id: string) => {
    stopped.current = false;
    const tell = (now: BulkEdit) => {
      setProgress(now);
      return !stopped.current;
    };
    work.mutate(
      { id, way: 'apply', tell },
      {
        onSuccess: ({ counts }) => {
          const skipped = counts.skipped > 0 ? `, ${formatCount(counts.skipped)} left alone` : '';
          // A promise, since callbacks of a mutation end with the dialog, and that is closed by then.
          const takeBack = async () => {
            const back = await undo.mutateAsync({ id, way: 'undo' });
            sayDone(`${records(back.counts.undone)} as before.`);
          };
          sayUndoable(`${records(counts.done)} changed${skipped}.`, () => {
            takeBack().catch(sayFailed);
          });
          onDone();
        },
      },
    );
  };

  if (work.isPending && edit) {
    const done = (progress?.counts.done ?? 0) + (progress?.counts.skipped ?? 0);
    return (
      <>
        <p role="status">
          {formatCount(done)} of {records(edit.counts.changing)} changed.
        </p>
        <Progress
          aria-label="Records changed"
          value={(100 * done) / Math.max(edit.counts.changing, 1)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => (stopped.current = true)}>
            Stop
          </Button>
        </Group>
      </>
    );
  }
  if (edit) {
    return (
      <Preview
        edit={edit}
        deeds={deeds}
        words={words}
        onBack={preview.reset}
        onApply={() => apply(edit.id)}
      />
    );
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        preview.mutate({ selected, operations });
      }}
    >
      <FormProblem message={preview.error ? sentenceOf(preview.error) : ''} />
      <Operations deeds={deeds} words={words} operations={operations} onChange={setOperations} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={preview.isPending}>
          Preview
        </Button>
      </Group>
    </form>
  );
}
