import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { DiligenceCase } from '@/shared/api/types';
import { problemErrors } from '@/shared/forms/problemErrors';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { sayDone } from '@/shared/ui/say';
import { Preview } from './Preview';
import { at, useWrite } from './queries';
import { outcomes } from './search';
import { outcomeWords } from './words';

/** A decision is made by one person; it counts once another agrees. */
export function ProposeDialog({ one, onClose }: { one: DiligenceCase; onClose: () => void }) {
  const form = useForm({
    initialValues: {
      outcome: 'accept',
      reason: '',
      conditions: '',
      expiresOn: yearsLater(one.today, 2),
    },
  });
  const [problem, setProblem] = useState('');
  const outcome = outcomes.find((known) => known === form.values.outcome) ?? 'accept';
  const propose = useWrite((values: typeof form.values) =>
    data(
      api.POST('/diligence/cases/{id}/proposal', {
        params: at(one),
        body: {
          ...values,
          outcome,
          conditions: outcome === 'conditions' ? values.conditions : '',
        },
      }),
    ),
  );
  const submit = form.onSubmit((values) => {
    setProblem('');
    propose
      .mutateAsync(values)
      .then(() => {
        sayDone('The decision is proposed.');
        onClose();
      })
      .catch((error: unknown) => {
        const { byField, rest } = problemErrors(error, (path) => path in values);
        form.setErrors(byField);
        setProblem(rest);
      });
  });
  return (
    <DialogFrame
      title="Propose a decision"
      action="Propose"
      size="lg"
      {...{ problem, onClose }}
      busy={propose.isPending}
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

function yearsLater(day: string, years: number): string {
  const then = new Date(`${day}T00:00:00Z`);
  then.setUTCFullYear(then.getUTCFullYear() + years);
  return then.toISOString().slice(0, 10);
}
