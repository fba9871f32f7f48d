import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconX } from '@tabler/icons-react';
import { StakeholderPicker } from '@/shared/stakeholders/StakeholderPicker';
import { Participants } from './Participants';
import type { QuickValues } from './quick';
import classes from './engagement.module.css';

/** Who else was there, and what follows from it. */
export function Company({ form }: { form: UseFormReturnType<QuickValues> }) {
  const { others, tasks } = form.values;
  return (
    <Stack gap="sm">
      <StakeholderPicker
        label="Who else took part"
        value={others}
        onChange={(ids) => form.setFieldValue('others', ids)}
        error={form.errors['others']}
      />
      <Participants
        value={form.values.participantIds}
        onChange={(ids) => form.setFieldValue('participantIds', ids)}
        error={form.errors['participantIds']}
      />
      {tasks.map((_, i) => (
        <div key={i} className={classes.followUp}>
          <TextInput
            label={i === 0 ? 'What follows' : undefined}
            aria-label={`Follow-up ${i + 1}`}
            {...form.getInputProps(`tasks.${i}.title`)}
          />
          <TextInput
            type="date"
            label={i === 0 ? 'Due on' : undefined}
            aria-label={`Follow-up ${i + 1} is due on`}
            {...form.getInputProps(`tasks.${i}.due`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove follow-up ${i + 1}`}
            onClick={() => form.removeListItem('tasks', i)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => form.insertListItem('tasks', { title: '', due: '' })}
        >
          Add a follow-up task
        </Button>
      </Group>
    </Stack>
  );
}
