import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NativeSelect,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { randomId, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Task } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { options, taskStateWords } from '@/shared/format/words';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { useColleagueChoices } from '@/shared/session/colleagues';
import { useMay, useSession } from '@/shared/session/session';
import { StakeholderPicker } from '@/shared/stakeholders/StakeholderPicker';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';
import { SensitiveHint } from '@/shared/ui/SensitiveHint';
import { readTask, taskQuery, useRefresh, writeTask } from './queries';
import { NotesField } from './NotesField';
import { Shown } from './Shown';
import { blank, leads, nameOf, requestOf, valuesOf, type TaskValues } from './values';
import classes from './tasks.module.css';

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
    <Dialog
      opened={id !== undefined}
      onClose={onClose}
      title={isNew ? 'New task' : 'Task'}
      size={620}
      fullScreen={phone}
    >
      {isNew ? (
        <TaskForm before={null} onClose={onClose} />
      ) : (
        <Ready query={task} loading={<LoadingRows rows={5} />}>
          {(one) => <TaskForm key={one.id} before={one} onClose={onClose} />}
        </Ready>
      )}
    </Dialog>
  );
}

function TaskForm({ before, onClose }: { before: Task | null; onClose: () => void }) {
  const { account } = useSession();
  const mayWrite = useMay('engagement:write');
  const refresh = useRefresh();
  // The same for every attempt: sent twice, the task is made once.
  const [key] = useState(randomId);
  const form = useForm<TaskValues>({
    initialValues: before ? valuesOf(before) : { ...blank, ownerId: account.id },
  });
  const { submit, busy, problem, dialog } = useGuardedSave({
    form,
    loaded: before,
    valuesOf,
    write: (values, of) => writeTask({ ...requestOf(values), ...(!of && { key }) }, of),
    reload: readTask,
    onSaved: () => {
      sayDone('Saved.');
      onClose();
      void refresh();
    },
    nameOf,
    show: (field, value) => <Shown field={field} value={value} />,
  });
  return (
    <>
      <form onSubmit={form.onSubmit((values) => submit(values))}>
        <FormProblem message={problem} />
        <fieldset disabled={!mayWrite} className={classes.fields}>
          <Fields form={form} isNew={before === null} authorId={before?.authorId ?? account.id} />
        </fieldset>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {mayWrite ? 'Cancel' : 'Close'}
          </Button>
          {mayWrite && <SubmitButton busy={busy}>Save</SubmitButton>}
        </Group>
      </form>
      {dialog}
    </>
  );
}

interface FieldsProps {
  form: UseFormReturnType<TaskValues>;
  isNew: boolean;
  authorId: string;
}

function Fields({ form, isNew, authorId }: FieldsProps) {
  const people = useColleagueChoices([form.values.ownerId]);
  return (
    <Stack gap="sm">
      <TextInput
        label="What is to be done"
        required
        data-autofocus
        {...form.getInputProps('title')}
      />
      <SimpleGrid cols={{ base: 2, sm: isNew ? 2 : 3 }} spacing="sm">
        <TextInput type="date" label="Due on" {...form.getInputProps('due')} />
        <NativeSelect label="Owner" data={people} {...form.getInputProps('ownerId')} />
        {!isNew && (
          <NativeSelect
            label="State"
            data={options(taskStateWords)}
            {...form.getInputProps('state')}
          />
        )}
      </SimpleGrid>
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
      <NotesField form={form} authorId={authorId} />
      <SensitiveHint text={`${form.values.title}\n${form.values.notes}`} />
      <Checkbox
        label="Only its owner and its author may read it"
        {...form.getInputProps('private', { type: 'checkbox' })}
      />
    </Stack>
  );
}
