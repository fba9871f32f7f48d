import { Textarea } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { DiligenceCase } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { sayDone } from '@/shared/ui/say';
import { Preview } from './Preview';
import { at, useWrite } from './queries';

/** The second person looks at what the decision does, and agrees. */
export function AgreeDialog({ one, onClose }: { one: DiligenceCase; onClose: () => void }) {
  const decide = useWrite((body: { remark: string }) =>
    data(api.POST('/diligence/cases/{id}/decision', { params: at(one), body })),
  );
  const { form, problem, busy, submit } = useDialogForm({ remark: '' }, decide.mutateAsync, () => {
    sayDone('The decision is made.');
    onClose();
  });
  if (!one.proposal) return null;
  return (
    <DialogFrame
      title="Agree to the decision"
      action="Agree"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <Preview one={one} outcome={one.proposal.outcome} expiresOn={one.proposal.expiresOn} />
      <Textarea label="Remark" autosize minRows={2} {...form.getInputProps('remark')} />
    </DialogFrame>
  );
}
