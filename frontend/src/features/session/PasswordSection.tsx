import { PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Section } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';

export function PasswordSection() {
  const [problem, setProblem] = useState('');
  const form = useForm({ mode: 'uncontrolled', initialValues: { current: '', next: '' } });
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) =>
      data(api.PUT('/session/password', { body })),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.getValues());
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: () => {
      setProblem('');
      form.reset();
      sayDone('Your password has been changed.');
    },
  });
  return (
    <Section title="Password">
      <FormProblem message={problem} />
      <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <Stack gap="sm" maw={340}>
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            required
            key={form.key('current')}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            required
            key={form.key('next')}
            {...form.getInputProps('next')}
          />
          <div>
            <SubmitButton busy={change.isPending}>Change password</SubmitButton>
          </div>
        </Stack>
      </form>
    </Section>
  );
}
