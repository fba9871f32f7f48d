import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  NativeSelect,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Task } from '@/shared/api/types';
import { options, taskStateWords } from '@/shared/format/words';
import { FormProblem } from '@/shared/forms/FormProblem';
import { problemErrors } from '@/shared/forms/problemErrors';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { useMay, useSession } from '@/shared/session/session';
import { StakeholderPicker } from '@/shared/stakeholders/StakeholderPicker';
import { LoadingRows, Ready } from '@/shared/states/states';
import { sayDone } from '@/shared/ui/say';
import { taskQuery, useSaveTask } from './queries';
import { blank, requestOf, leads, valuesOf, type TaskValues } from './values';

interface TaskDialogProps {
  /** The task that is open; "new" is one that is being added. */
  id: string | undefined;
  onClose: () => void;
}

export function TaskDialog({ id, onClose }: TaskDialogProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const isNew = id === 'new';
  const task = useQuery({ ...taskQuery(id ?? ''), enabled: id !== undefined && !isNew });
  return (
    <Modal
      opened={id !== undefined}
      onClose={onClose}
      title={isNew ? 'New task' : 'Task'}
      size={560}
      fullScreen={phone}
    >
      {isNew ? (
        <TaskForm before={undefined} onClose={onClose} />
      ) : (
        <Ready query={task} loading={<LoadingRows rows={5} />}>
          {(one) => <TaskForm key={one.rev} before={one} onClose={onClose} />}
        </Ready>
      )}
    </Modal>
  );
}

function TaskForm({ before, onClose }: { before: Task | undefined; onClose: () => void }) {
  const { account } = useSession();
  const mayWrite = useMay('engagement:write');
  const [problem, setProblem] = useState('');
  const save = useSaveTask(before);
  const form = useForm<TaskValues>({
    initialValues: before ? valuesOf(before) : { ...blank, ownerId: account.id },
  });
  const submit = (values: TaskValues) =>
    save.mutate(requestOf(values), {
      onSuccess: () => {
        sayDone('Saved.');
        onClose();
      },
      onError: (error) => {
        const { byField, rest } = problemErrors(error, (path) => path in values);
        form.setErrors(byField);
        setProblem(rest);
      },
    });
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <FormProblem message={problem} />
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0 }}>
        <Fields form={form} isNew={before === undefined} />
      </fieldset>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          {mayWrite ? 'Cancel' : 'Close'}
        </Button>
        {mayWrite && (
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        )}
      </Group>
    </form>
  );
}

function Fields({ form, isNew }: { form: UseFormReturnType<TaskValues>; isNew: boolean }) {
  const colleagues = useQuery(colleaguesQuery);
  const people = [...(colleagues.data ?? [])].map(([value, label]) => ({ value, label }));
  return (
    <Stack gap="sm">
      <TextInput
        label="What is to be done"
        required
        data-autofocus
        {...form.getInputProps('title')}
      />
      <Group grow align="flex-start" gap="sm">
        <TextInput type="date" label="Due on" {...form.getInputProps('due')} />
        <NativeSelect label="Owner" data={people} {...form.getInputProps('ownerId')} />
        {!isNew && (
          <NativeSelect
            label="State"
            data={options(taskStateWords)}
            {...form.getInputProps('state')}
          />
        )}
      </Group>
      <StakeholderPicker
        label="Stakeholders"
        value={form.values.stakeholderIds}
        onChange={(ids) => form.setFieldValue('stakeholderIds', ids)}
        error={form.errors['stakeholderIds']}
      />
      <MultiSelect
        size="sm"
        label="Reminders"
        data={leads(form.values.reminders)}
        {...form.getInputProps('reminders')}
      />
      <Textarea
        label="Notes"
        description="No client data here, not even initials."
        autosize
        minRows={2}
        maxRows={10}
        {...form.getInputProps('notes')}
      />
      <Checkbox
        label="Only its owner and its author may read it"
        {...form.getInputProps('private', { type: 'checkbox' })}
      />
    </Stack>
  );
}
