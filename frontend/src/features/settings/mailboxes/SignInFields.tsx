import {
  Group,
  PasswordInput,
  SegmentedControl,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { MailboxForm } from './MailboxDialog';

export function SignInFields({ form, isNew }: { form: MailboxForm; isNew: boolean }) {
  const oauth = form.values.auth === 'xoauth2';
  const keep = isNew ? undefined : 'Leave empty to keep the stored one.';
  return (
    <>
      <SegmentedControl
        aria-label="How to sign in"
        data={[
          { value: 'password', label: 'Password' },
          { value: 'xoauth2', label: 'OAuth (Microsoft 365, Google)' },
        ]}
        value={form.values.auth}
        onChange={(value) => form.setFieldValue('auth', value === 'xoauth2' ? value : 'password')}
      />
      <Group align="flex-start" gap="sm" grow>
        <TextInput
          label="User name"
          placeholder="mostly the address"
          required
          autoComplete="off"
          {...form.getInputProps('user')}
        />
        <PasswordInput
          label={oauth ? 'Refresh token' : 'Password'}
          description={keep ?? (oauth ? undefined : 'Best an app password.')}
          required={isNew}
          autoComplete="new-password"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('password')}
        />
      </Group>
      {oauth && (
        <Stack gap="sm">
          <TextInput
            label="Token address"
            type="url"
            placeholder="https://login.microsoftonline.com/…/oauth2/v2.0/token"
            {...form.getInputProps('tokenUrl')}
          />
          <Group align="flex-start" gap="sm" grow>
            <TextInput label="Client id" {...form.getInputProps('clientId')} />
            <PasswordInput
              label="Client secret"
              autoComplete="new-password"
              {...form.getInputProps('clientSecret')}
            />
          </Group>
          <TagsInput label="Scopes" {...form.getInputProps('scopes')} />
        </Stack>
      )}
      <TagsInput
        label="Own addresses"
        description="Addresses of the mailbox’s owner beside the user name. They count for no stakeholder."
        {...form.getInputProps('addresses')}
      />
      {form.values.tls !== 'off' && (
        <Textarea
          label="Certificate of an own authority"
          description="Only where the server’s certificate is not publicly trusted, in PEM form."
          autosize
          minRows={1}
          maxRows={6}
          {...form.getInputProps('caPem')}
        />
      )}
    </>
  );
}
