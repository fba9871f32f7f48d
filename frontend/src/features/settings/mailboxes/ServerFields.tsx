import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { MailboxForm } from './MailboxDialog';

export function ServerFields({ form }: { form: MailboxForm }) {
  return (
    <>
      <TextInput
        label="Name"
        placeholder="Anna, work"
        description="What it is called in Piper."
        {...form.getInputProps('name')}
      />
      <Group align="flex-start" gap="sm">
        <TextInput
          label="IMAP server"
          placeholder="imap.example.org"
          required
          style={{ flex: 1, minWidth: 180 }}
          {...form.getInputProps('host')}
        />
        <NativeSelect
          label="Encryption"
          w={140}
          data={[
            { value: 'on', label: 'TLS' },
            { value: 'starttls', label: 'STARTTLS' },
            { value: 'off', label: 'None' },
          ]}
          {...form.getInputProps('tls')}
          onChange={(event) => {
            const tls = event.currentTarget.value;
            form.setFieldValue('tls', tls === 'on' || tls === 'starttls' ? tls : 'off');
            form.setFieldValue('port', tls === 'on' ? 993 : 143);
          }}
        />
        <NumberInput
          label="Port"
          w={90}
          hideControls
          min={1}
          max={65535}
          allowDecimal={false}
          {...form.getInputProps('port')}
        />
      </Group>
    </>
  );
}
