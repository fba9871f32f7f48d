import { Textarea } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { SensitiveHint } from '@/shared/ui/SensitiveHint';
import classes from './Form.module.css';
import type { StakeholderFormApi } from './StakeholderForm';

export function NotesField({ form }: { form: StakeholderFormApi }) {
  return (
    <>
      <Textarea
        label="Notes"
        autosize
        minRows={4}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={
          <span className={classes.reminder}>
            <IconShieldLock size={15} aria-hidden />
            No client data here: nothing about a person your members assist, not even initials.
          </span>
        }
        {...form.getInputProps('notes')}
        data-path="notes"
      />
      <SensitiveHint text={form.values.notes} />
    </>
  );
}
