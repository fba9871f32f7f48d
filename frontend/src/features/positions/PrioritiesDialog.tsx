import { Button, Checkbox, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Priorities } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { problemErrors } from '@/shared/forms/problemErrors';
import { savePriorities, useRefreshPriorities } from './queries';
import classes from './positions.module.css';

/** What we work for. A priority on which there are positions is retired and not left out, so that they keep their name. */
export function PrioritiesDialog({ plan, onClose }: { plan: Priorities; onClose: () => void }) {
  // What the form began from: a refresh behind it must not make a colleague's change look like one that was read.
  const [base] = useState(plan);
  const [problem, setProblem] = useState('');
  const form = useForm({
    initialValues: {
      priorities: plan.priorities.map(({ id, name, retired = false }) => ({ id, name, retired })),
    },
  });
  const refresh = useRefreshPriorities();
  const save = useMutation({
    mutationFn: (priorities: typeof form.values.priorities) => savePriorities(base, priorities),
    onSuccess: onClose,
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path.endsWith('.name'));
      form.setErrors(byField);
      setProblem(rest);
    },
    onSettled: () => void refresh(), // after a refusal, too: who opens the dialog anew begins from what there is
  });
  const submit = ({ priorities }: typeof form.values) => {
    const written = priorities.filter(({ id, name }) => id || name.trim());
    form.setFieldValue('priorities', written); // complaints count the lines that were sent
    setProblem('');
    save.mutate(written);
  };
  return (
    <DialogFrame
      title="Our priorities"
      problem={problem}
      busy={save.isPending}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
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
