import { Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Guardrail } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { sayDone } from '@/shared/ui/say';

const lists = [
  {
    field: 'words',
    label: 'Words and phrases',
    description: 'Matched whole, in any case, in subject, text and names of attachments.',
  },
  {
    field: 'senders',
    label: 'Senders',
    description: 'Addresses or domains that case work comes from. A * stands for any part.',
  },
  {
    field: 'recipients',
    label: 'Recipients',
    description: 'Helplines and other addresses that case work is sent to.',
  },
] as const;

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function RulesForm({ loaded }: { loaded: Guardrail }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm({
    initialValues: {
      words: loaded.words.join('\n'),
      senders: loaded.senders.join('\n'),
      recipients: loaded.recipients.join('\n'),
    },
  });
  const save = useMutation({
    mutationFn: ({ words, senders, recipients }: typeof form.values) =>
      data(
        api.PUT('/guardrail', {
          params: { header: ifMatch(loaded.rev) },
          body: { words: lines(words), senders: lines(senders), recipients: lines(recipients) },
        }),
      ),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: async () => {
      sayDone('The rules have been saved and apply from the next mail run.');
      await client.invalidateQueries({ queryKey: ['guardrail'] });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <FormProblem message={problem} />
      <Stack gap="md">
        {lists.map(({ field, label, description }) => (
          <Textarea
            key={field}
            label={label}
            description={`${description} One on each line.`}
            autosize
            minRows={3}
            maxRows={14}
            {...form.getInputProps(field)}
          />
        ))}
        <div>
          <SubmitButton busy={save.isPending}>Save the rules</SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
