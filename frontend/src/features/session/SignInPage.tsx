import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { sentenceOf } from '@/shared/api/problem';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { sessionQuery } from '@/shared/session/session';
import { DemoAccounts } from './DemoAccounts';
import { Entrance } from './Entrance';

const route = getRouteApi('/signin');

export function SignInPage() {
  const { next } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const [problem, setProblem] = useState('');
  const hints = useQuery({
    queryKey: ['session', 'hints'],
    queryFn: ({ signal }) => data(api.GET('/session/hints', { signal })),
    staleTime: Infinity,
  });
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() ? null : 'Enter your email address.'),
      password: (value) => (value ? null : 'Enter your password.'),
    },
  });
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => data(api.POST('/session', { body })),
    meta: { isSignIn: true },
    onError: (error) => setProblem(sentenceOf(error)),
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      router.history.push(next ?? '/');
      await router.invalidate();
    },
  });

  return (
    <Entrance title="Sign in">
      <FormProblem message={problem} />
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack gap="sm">
          <TextInput
            label="Email address"
            type="email"
            autoComplete="username"
            size="md"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            size="md"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <SubmitButton size="md" mt="xs" busy={signIn.isPending}>
            Sign in
          </SubmitButton>
        </Stack>
      </form>
      {hints.data?.needsSetup && (
        <p>
          This Piper has no account yet. Open the set-up link that the server printed when it
          started.
        </p>
      )}
      <DemoAccounts
        accounts={hints.data?.demo?.accounts ?? []}
        busy={signIn.isPending}
        onChoose={(account) => signIn.mutate({ email: account.email, password: account.password })}
      />
    </Entrance>
  );
}
