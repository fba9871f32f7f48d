import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { Mailbox, MailboxInput } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';
import { FolderPicker } from './FolderPicker';
import { useSave, useTest } from './queries';
import { ServerFields } from './ServerFields';
import { SignInFields } from './SignInFields';

function useMailboxForm(mailbox: Mailbox | null, ownerId: string) {
  return useForm<Required<MailboxInput>>({
    initialValues: {
      ownerId,
      name: mailbox?.name ?? '',
      host: mailbox?.host ?? '',
      port: mailbox?.port ?? 993,
      tls: mailbox?.tls ?? 'on',
      caPem: mailbox?.caPem ?? '',
      user: mailbox?.user ?? '',
      addresses: mailbox?.addresses ?? [],
      auth: mailbox?.auth ?? 'password',
      password: '',
      tokenUrl: mailbox?.tokenUrl ?? '',
      clientId: mailbox?.clientId ?? '',
      clientSecret: '',
      scopes: mailbox?.scopes ?? [],
      folders: mailbox?.folders ?? [],
      enabled: mailbox?.enabled ?? true,
    },
  });
}

export type MailboxForm = ReturnType<typeof useMailboxForm>;

interface MailboxDialogProps {
  /** null adds a new one. */
  mailbox: Mailbox | null;
  ownerId: string;
  onClose: () => void;
}

/** Where the mailbox is, a test that signs in, and the folders that may be read. */
export function MailboxDialog({ mailbox, ownerId, onClose }: MailboxDialogProps) {
  const form = useMailboxForm(mailbox, ownerId);
  const [problem, setProblem] = useState('');
  const test = useTest();
  const save = useSave(mailbox);
  const show = (error: unknown) => {
    const { byField, rest } = problemErrors(error, (path) => path in form.values);
    form.setErrors(byField);
    setProblem(rest);
  };
  const tryIt = () => {
    setProblem('');
    form.clearErrors();
    test.mutate(form.values, { onError: show });
  };
  const submit = (values: MailboxInput) =>
    save.mutate(values, {
      onError: show,
      onSuccess: (saved) => {
        onClose();
        sayDone(
          `${saved.name ?? saved.user} has been saved. The mail job reads it on its next run.`,
        );
      },
    });

  return (
    <Dialog
      opened
      onClose={onClose}
      title={mailbox ? (mailbox.name ?? mailbox.user) : 'Add a mailbox'}
      size="lg"
    >
      <FormProblem message={problem} />
      <form onSubmit={form.onSubmit(submit)}>
        <Stack gap="md">
          <ServerFields form={form} />
          <SignInFields form={form} isNew={mailbox === null} />
          <Group gap="sm">
            <Button variant="default" loading={test.isPending} onClick={tryIt}>
              Test and list the folders
            </Button>
            <span role="status" style={{ color: 'var(--good)' }}>
              {test.data && 'Signed in.'}
            </span>
          </Group>
          <FolderPicker
            offered={test.data?.folders ?? []}
            value={form.values.folders}
            onChange={(folders) => form.setFieldValue('folders', folders)}
            error={form.errors['folders']}
          />
          <Checkbox
            label="Read by the mail job"
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <SubmitButton busy={save.isPending}>Save</SubmitButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
