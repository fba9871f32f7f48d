import { Button, Checkbox, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '@/shared/api/problem';
import type { Priorities } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { savePriorities, useRefreshPriorities } from './queries';
import classes from './positions.module.css';

/** What we work for. A priority on which there are positions is retired and not left out, so that they keep their name. */
export function PrioritiesDialog({ plan, onClose }: { plan: Priorities; onClose: () => void }) {
  const form = useForm({
    initialValues: {
      priorities: plan.priorities.map(({ id, name, retired = false }) => ({ id, name, retired })),
    },
  });
  const refresh = useRefreshPriorities();
  const save = useMutation({
    mutationFn: (priorities: typeof form.values.priorities) =>
      savePriorities(
        plan,
        priorities.filter(({ id, name }) => id || name.trim()),
      ),
    onSuccess: () => {
      onClose();
      void refresh();
    },
    onError: () => undefined, // the dialog shows what was refused
  });
  return (
    <DialogFrame
      title="Our priorities"
      problem={save.error ? sentenceOf(save.error) : ''}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={form.onSubmit(({ priorities }) => save.mutate(priorities))}
    >
      {form.values.priorities.map(({ id }, i) => (
        <div key={id || `new ${i}`} className={classes.priority}>
          <TextInput
            aria-label={`Priority ${i + 1}`}
            maxLength={120}
            {...form.getInputProps(`priorities.${i}.name`)}
          />
          <Checkbox
            size="sm"
            label="Retired"
            {...form.getInputProps(`priorities.${i}.retired`, { type: 'checkbox' })}
          />
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => form.insertListItem('priorities', { id: '', name: '', retired: false })}
        >
          Add a priority
        </Button>
      </div>
    </DialogFrame>
  );
}
