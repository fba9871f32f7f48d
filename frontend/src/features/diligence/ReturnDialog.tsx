import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { sentenceOf } from '@/shared/api/problem';
import type { DiligenceCase } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { sayDone } from '@/shared/ui/say';
import { at, useWrite } from './queries';

interface ReturnDialogProps {
  one: DiligenceCase;
  /** The proposal is one's own. */
  own: boolean;
  onClose: () => void;
}

export function ReturnDialog({ one, own, onClose }: ReturnDialogProps) {
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState('');
  const give = useWrite(() =>
    data(api.POST('/diligence/cases/{id}/return', { params: at(one), body: { note } })),
  );
  return (
    <DialogFrame
      title={own ? 'Take the proposal back' : 'Give the proposal back'}
      action={own ? 'Take it back' : 'Give it back'}
      {...{ problem, onClose }}
      busy={give.isPending}
      onSubmit={(event) => {
        event?.preventDefault();
        give
          .mutateAsync(undefined)
          .then(() => {
            sayDone('The case is open again.');
            onClose();
          })
          .catch((error: unknown) => setProblem(sentenceOf(error)));
      }}
    >
      <Textarea
        label={own ? 'Note' : 'What is missing'}
        required={!own}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogFrame>
  );
}
