import { Textarea } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { DiligenceCase } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { sayDone } from '@/shared/ui/say';
import { at, useWrite } from './queries';

interface ReturnDialogProps {
  one: DiligenceCase;
  /** The proposal is one's own. */
  own: boolean;
  onClose: () => void;
}

export function ReturnDialog({ one, own, onClose }: ReturnDialogProps) {
  const give = useWrite((body: { note: string }) =>
    data(api.POST('/diligence/cases/{id}/return', { params: at(one), body })),
  );
  const { form, problem, busy, submit } = useDialogForm({ note: '' }, give.mutateAsync, () => {
    sayDone('The case is open again.');
    onClose();
  });
  return (
    <DialogFrame
      title={own ? 'Take the proposal back' : 'Give the proposal back'}
      action={own ? 'Take it back' : 'Give it back'}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <Textarea
        label={own ? 'Note' : 'What is missing'}
        required={!own}
        autosize
        minRows={2}
        {...form.getInputProps('note')}
      />
    </DialogFrame>
  );
}
