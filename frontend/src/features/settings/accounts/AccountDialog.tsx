import { Button, Checkbox, Group, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { AccessRole, Account } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { accessRoleWords, say } from '@/shared/format/words';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';
import { Handover } from './Handover';

const roleHints: Record<AccessRole, string> = {
  administrator: 'Accounts, sources, jobs and audit beside everyday work. No mail but their own.',
  fundraiser: 'Stakeholders, calls, own mail, income and its import.',
  advocate: 'Stakeholders, calls and own mail. No income.',
  board: 'Reads stakeholders, calls and the funding figures. No mail.',
};
const roles = Object.keys(roleHints) as AccessRole[];

interface AccountDialogProps {
  /** null makes a new one. */
  account: Account | null;
  onClose: () => void;
}

export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm({
    initialValues: {
      email: account?.email ?? '',
      name: account?.name ?? '',
      role: roles.find((role) => role === account?.role) ?? 'fundraiser',
      password: '',
      closed: account?.closed ?? false,
    },
  });
  const save = useMutation({
    mutationFn: ({ email, name, role, password, closed }: typeof form.values) =>
      account
        ? data(
            api.PUT('/accounts/{id}', {
              params: { path: { id: account.id }, header: ifMatch(account.rev) },
              body: { name, role, closed, ...(password && { password }) },
            }),
          )
        : data(api.POST('/accounts', { body: { email, name, role, password } })),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: async (saved) => {
      onClose();
      sayDone(account ? `${saved.name} has been saved.` : `${saved.name} can sign in now.`);
      await client.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  return (
    <Dialog opened onClose={onClose} title={account ? account.name : 'New account'}>
      <FormProblem message={problem} />
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="md">
          <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
          {!account && (
            <TextInput
              label="Email address"
              type="email"
              required
              {...form.getInputProps('email')}
            />
          )}
          <Radio.Group label="Access role" {...form.getInputProps('role')}>
            <Stack gap="xs" mt={6}>
              {roles.map((role) => (
                <Radio
                  key={role}
                  value={role}
                  label={say(accessRoleWords, role)}
                  description={roleHints[role]}
                />
              ))}
            </Stack>
          </Radio.Group>
          <PasswordInput
            label={account ? 'New password' : 'Password'}
            description={account ? 'Leave empty to keep the old one.' : 'They can change it later.'}
            autoComplete="new-password"
            required={!account}
            {...form.getInputProps('password')}
          />
          {account && (
            <Checkbox
              label="Closed"
              description="A closed account cannot sign in; its sessions and tokens end."
              {...form.getInputProps('closed', { type: 'checkbox' })}
            />
          )}
          {account && !account.closed && form.values.closed && <Handover account={account} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <SubmitButton busy={save.isPending}>{account ? 'Save' : 'Create'}</SubmitButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
