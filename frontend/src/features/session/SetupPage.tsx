import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Entrance } from './Entrance';

const route = getRouteApi('/setup');

/** The first administrator's page, opened by the link that the server prints once. */
export function SetupPage() {
  const { token = '' } = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState('');
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '' },
  });
  const setup = useMutation({
    mutationFn: (body: { name: string; email: string; password: string }) =>
      data(api.POST('/setup', { body: { ...body, token } })),
    meta: { isSignIn: true },
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.getValues());
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: async () => {
      client.clear();
      await navigate({ to: '/' });
    },
  });

  if (!token) {
    return (
      <Entrance title="Set up Piper">
        <p>
          This page opens with the link that the server printed when it first started. Copy the
          whole link, with everything after <code>?token=</code>.
        </p>
      </Entrance>
    );
  }
  return (
    <Entrance title="Set up Piper">
      <p style={{ marginTop: 0 }}>Make the first account. It will be the administrator.</p>
      <FormProblem message={problem} />
      <form onSubmit={form.onSubmit((values) => setup.mutate(values))}>
        <Stack gap="sm">
          <TextInput
            label="Your name"
            autoComplete="name"
            size="md"
            required
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            label="Email address"
            type="email"
            autoComplete="username"
            size="md"
            required
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description="Eight characters or more. A few words in a row are good."
            autoComplete="new-password"
            size="md"
            required
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <SubmitButton size="md" mt="xs" busy={setup.isPending}>
            Create the account
          </SubmitButton>
        </Stack>
      </form>
    </Entrance>
  );
}
