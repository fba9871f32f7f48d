import { Radio, Stack, TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import { SecretDialog } from '@/shared/ui/SecretDialog';

interface NewToken {
  name: string;
  scope: 'read' | 'write';
}

const blank: NewToken = { name: '', scope: 'read' };

/** Makes a token and shows it the one time that it can be seen. */
export function NewTokenDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <SecretDialog
      title="New API token"
      {...{ opened, onClose }}
      initialValues={{ ...blank }}
      create={(body) => data(api.POST('/tokens', { body }))}
      secretOf={({ token }) => token}
      hint="Programs send it as a bearer token."
      list={['tokens']}
      fields={(form) => (
        <>
          <TextInput
            label="What is it for?"
            placeholder="Board spreadsheet"
            required
            {...form.getInputProps('name')}
          />
          <Radio.Group label="It may" {...form.getInputProps('scope')}>
            <Stack gap={6} mt={6}>
              <Radio value="read" label="read what I may read" />
              <Radio value="write" label="read and write as I may" />
            </Stack>
          </Radio.Group>
        </>
      )}
    />
  );
}
