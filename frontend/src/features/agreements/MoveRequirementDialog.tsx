import { TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { Agreement, Requirement } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { atPart } from './queries';
import { useDialogForm } from './useDialogForm';
import { requirementStateWords } from './words';

interface MoveRequirementDialogProps {
  one: Agreement;
  part: Requirement;
  to: Requirement['state'];
  onClose: () => void;
}

/** Says on which day a requirement was submitted or decided, and what shows it. */
export function MoveRequirementDialog({ one, part, to, onClose }: MoveRequirementDialogProps) {
  const word = requirementStateWords[to];
  const { form, problem, busy, submit } = useDialogForm(
    { on: one.today, note: part.note ?? '' },
    ({ on, note }) =>
      data(
        api.PUT('/agreements/{id}/requirements/{part}/state', {
          params: atPart(one, part.id),
          body: { state: to, on, note },
        }),
      ),
    { done: `${part.title}: ${word.toLowerCase()}.`, onClose },
  );
  return (
    <DialogFrame
      title={`${part.title}: ${word.toLowerCase()}`}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      {to !== 'open' && (
        <TextInput
          label={`${word} on`}
          type="date"
          required
          max={one.today}
          {...form.getInputProps('on')}
          error={form.errors['submittedOn'] ?? form.errors['decidedOn'] ?? form.errors['on']}
        />
      )}
      <TextInput
        label="Evidence"
        description="What was sent and where it lies."
        {...form.getInputProps('note')}
      />
    </DialogFrame>
  );
}
