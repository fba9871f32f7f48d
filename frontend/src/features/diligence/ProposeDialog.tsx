import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { DiligenceCase } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { sayDone } from '@/shared/ui/say';
import type { CaseOutcome } from './parts';
import { Preview } from './Preview';
import { at, useWrite } from './queries';
import { outcomes } from './search';
import { outcomeWords } from './words';

/** A decision is made by one person; it counts once another agrees. */
export function ProposeDialog({ one, onClose }: { one: DiligenceCase; onClose: () => void }) {
  const propose = useWrite(
    (body: { outcome: CaseOutcome; reason: string; conditions: string; expiresOn: string }) =>
      data(api.POST('/diligence/cases/{id}/proposal', { params: at(one), body })),
  );
  const { form, problem, busy, submit } = useDialogForm(
    { outcome: 'accept', reason: '', conditions: '', expiresOn: yearsLater(one.today, 2) },
    (values) => {
      const decided = outcomeOf(values.outcome);
      const conditions = decided === 'conditions' ? values.conditions : '';
      return propose.mutateAsync({ ...values, outcome: decided, conditions });
    },
    () => {
      sayDone('The decision is proposed.');
      onClose();
    },
  );
  const outcome = outcomeOf(form.values.outcome);
  return (
    <DialogFrame
      title="Propose a decision"
      action="Propose"
      size="lg"
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <Radio.Group label="Decision" {...form.getInputProps('outcome')}>
        <Stack gap={6} mt={6}>
          {outcomes.map((value) => (
            <Radio key={value} value={value} label={outcomeWords[value]} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea label="Reason" required autosize minRows={2} {...form.getInputProps('reason')} />
      {outcome === 'conditions' && (
        <Textarea
          label="Conditions"
          required
          autosize
          minRows={2}
          {...form.getInputProps('conditions')}
        />
      )}
      <TextInput
        label="Holds until"
        description="Then the donor is looked at again"
        type="date"
        required
        {...form.getInputProps('expiresOn')}
      />
      <Preview one={one} outcome={outcome} expiresOn={form.values.expiresOn} />
    </DialogFrame>
  );
}

const outcomeOf = (value: string) => outcomes.find((known) => known === value) ?? 'accept';

function yearsLater(day: string, years: number): string {
  const then = new Date(`${day}T00:00:00Z`);
  then.setUTCFullYear(then.getUTCFullYear() + years);
  return then.toISOString().slice(0, 10);
}
