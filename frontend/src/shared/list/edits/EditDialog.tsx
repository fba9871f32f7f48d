import { Button, Group } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { sentenceOf } from '@/shared/api/problem';
import type { BulkEdit, EditOperation, ListDescription } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { Dialog } from '@/shared/ui/Dialog';
import { sayFailed } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';
import type { BulkList, Words } from './bulkList';
import classes from './edits.module.css';
import { Operations } from './Operations';
import { saidOfApply, sayUndone } from './outcome';
import { Preview } from './Preview';
import { usePreview, useWork, type Selected } from './queries';
import { Working } from './Working';

interface EditDialogProps {
  of: BulkList;
  about: ListDescription;
  words: Words;
  /** What is edited; null keeps the dialog closed. */
  selected: Selected | null;
  /** How many records that are, as the list says. */
  count: string;
  onDone: () => void;
  onClose: () => void;
}

export function EditDialog({ selected, count, onClose, ...rest }: EditDialogProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Dialog
      className="for-thumbs"
      opened={selected !== null}
      onClose={onClose}
      closeOnClickOutside={false}
      title={`Change ${count}`}
      size={720}
      fullScreen={phone}
    >
      {selected && <Steps selected={selected} onClose={onClose} {...rest} />}
    </Dialog>
  );
}

type StepsProps = Omit<EditDialogProps, 'count' | 'selected'> & { selected: Selected };

/** First what to do, then what it would do, then doing it. */
function Steps({ of, about, words, selected, onDone, onClose }: StepsProps) {
  const deeds = about.deeds;
  const [operations, setOperations] = useState<EditOperation[]>([{ do: deeds[0]?.do ?? '' }]);
  const preview = usePreview(of.list);
  const work = useWork(of);
  const undo = useWork(of);
  const [progress, setProgress] = useState<BulkEdit | null>(null);
  const stopped = useRef(false);
  const edit = preview.data;

  // Promises, since callbacks of a mutation end with the dialog, and that is closed by then.
  const takeBack = async (id: string) => sayUndone(await undo.mutateAsync({ id, way: 'undo' }));
  const apply = async (id: string) => {
    stopped.current = false;
    const tell = (now: BulkEdit) => {
      setProgress(now);
      return !stopped.current;
    };
    const done = await work.mutateAsync({ id, way: 'apply', tell });
    onDone();
    sayUndoable(await saidOfApply(done), () => {
      takeBack(id).catch(sayFailed);
    });
  };

  if (work.isPending && edit) {
    return <Working edit={progress ?? edit} onStop={() => (stopped.current = true)} />;
  }
  if (edit) {
    return (
      <Preview
        {...{ edit, about, words }}
        onBack={preview.reset}
        onApply={() => {
          apply(edit.id).catch(sayFailed);
        }}
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
        <SubmitButton busy={preview.isPending}>Preview</SubmitButton>
      </Group>
    </form>
  );
}
