import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { plural } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { privacyKey } from './queries';

interface KeepFormProps {
  ids: string[];
  names: string[];
  onDone: () => void;
}

/** What becomes of those who were chosen: kept until a day, or an erasure planned for each. */
export function KeepForm({ ids, names, onDone }: KeepFormProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm({ initialValues: { reviewOn: '', reason: '' } });
  const refresh = async () => {
    onDone();
    await client.invalidateQueries({ queryKey: privacyKey });
  };
  const keep = useMutation({
    mutationFn: (values: typeof form.values) =>
      data(api.POST('/privacy/reviews/keep', { body: { stakeholderIds: ids, ...values } })),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: async () => {
      sayDone(`${plural(ids.length, 'person is', 'persons are')} kept for now.`);
      await refresh();
    },
  });
  const erase = useMutation({
    mutationFn: async () => {
      for (const stakeholderId of ids)
        await data(api.POST('/privacy/erasures', { body: { stakeholderId } }));
    },
    onError: sayFailed,
    onSuccess: async () => {
      sayDone('The plans are under Privacy. Nothing is erased before each is confirmed.');
      await refresh();
    },
  });
  return (
    <Section title={`${plural(ids.length, 'person', 'persons')} chosen`}>
      <p style={{ marginTop: 0 }}>{names.join(', ')}</p>
      <form onSubmit={form.onSubmit((values) => keep.mutate(values))} style={{ maxWidth: 520 }}>
        <FormProblem message={problem} />
        <Stack gap="sm">
          <TextInput
            type="date"
            label="Look again on"
            required
            {...form.getInputProps('reviewOn')}
          />
          <Textarea label="Why they are kept" required {...form.getInputProps('reason')} />
          <Group gap="sm">
            <SubmitButton busy={keep.isPending}>Keep</SubmitButton>
            <Button variant="default" loading={erase.isPending} onClick={() => erase.mutate()}>
              Plan to erase
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
