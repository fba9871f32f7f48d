import { Radio, Stack, TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import { SecretDialog } from '@/shared/ui/SecretDialog';

type Kind = 'tasks' | 'deadlines' | 'obligations';

export const feedWords: Record<Kind, string> = {
  tasks: 'My open tasks',
  deadlines: 'Deadlines of calls',
  obligations: 'Payments, reports and ends of terms under agreements',
};

interface NewFeed {
  name: string;
  kind: Kind;
  words: string;
}

const blank: NewFeed = { name: '', kind: 'deadlines', words: '' };

interface NewFeedDialogProps {
  /** What this Piper can show in a calendar. */
  kinds: string[];
  opened: boolean;
  onClose: () => void;
}

/** Makes a calendar address and shows it the one time that it can be seen. */
export function NewFeedDialog({ kinds, opened, onClose }: NewFeedDialogProps) {
  return (
    <SecretDialog
      title="New calendar address"
      {...{ opened, onClose }}
      initialValues={{ ...blank }}
      create={(body) => data(api.POST('/feeds', { body }))}
      secretOf={({ path }) => window.location.origin + path}
      hint="Subscribe to it in your calendar program."
      list={['feeds']}
      fields={(form) => (
        <>
          <TextInput
            label="What shall the calendar be called?"
            placeholder="Deadlines"
            required
            {...form.getInputProps('name')}
          />
          <Radio.Group label="It shows" {...form.getInputProps('kind')}>
            <Stack gap={6} mt={6}>
              {(['tasks', 'deadlines', 'obligations'] as const)
                .filter((kind) => kinds.includes(kind))
                .map((kind) => (
                  <Radio key={kind} value={kind} label={feedWords[kind]} />
                ))}
            </Stack>
          </Radio.Group>
          {form.values.kind === 'deadlines' && (
            <TextInput
              label="Only calls with these words"
              description="Leave empty for every call that is open or will be."
              {...form.getInputProps('words')}
            />
          )}
        </>
      )}
    />
  );
}
