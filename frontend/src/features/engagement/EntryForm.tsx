import { Button, Checkbox, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { MinutesField } from '@/shared/minutes/MinutesField';
import { useSession } from '@/shared/session/session';
import { SensitiveHint } from '@/shared/ui/SensitiveHint';
import {
  blankValues,
  entryOf,
  fieldOf,
  isMet,
  isSaid,
  quickKinds,
  type QuickKind,
  type QuickValues,
} from './quick';
import { Company } from './Company';
import { useAdd } from './queries';
import classes from './engagement.module.css';

interface EntryFormProps {
  id: string;
  kind: QuickKind;
  onKind: (kind: QuickKind) => void;
  onClose: () => void;
}

export function EntryForm({ id, kind, onKind, onClose }: EntryFormProps) {
  const { account } = useSession();
  const [problem, setProblem] = useState('');
  const form = useForm<QuickValues>({ initialValues: blankValues(kind, account.id) });
  const add = useAdd();
  const frame = useRef<HTMLFormElement>(null);
  useEffect(() => frame.current?.querySelector<HTMLElement>('[data-first]')?.focus(), [kind]);
  const submit = (typed: QuickValues) => {
    // Empty rows go from the form, too: a complaint about the second task is then one about the second row.
    const values = { ...typed, tasks: typed.tasks.filter(isSaid) };
    form.setFieldValue('tasks', values.tasks);
    add.mutate(entryOf(kind, id, values), {
      onSuccess: onClose,
      onError: (error) => {
        const { byField, rest } = problemErrors(
          error,
          (path) => (fieldOf(path).split('.')[0] ?? '') in values,
        );
        form.setErrors(
          Object.fromEntries(Object.entries(byField).map(([path, said]) => [fieldOf(path), said])),
        );
        setProblem(rest);
      },
    });
  };
  return (
    <form
      ref={frame}
      className={classes.add}
      aria-label="New entry"
      onSubmit={form.onSubmit(submit)}
    >
      <FormProblem message={problem} />
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="What it is"
          data={quickKinds.map(({ value, label }) => ({ value, label }))}
          value={kind}
          onChange={(next) => onKind(quickKinds.find(({ value }) => value === next)?.value ?? kind)}
        />
        <Fields kind={kind} form={form} />
        <Group justify="space-between">
          <Checkbox
            size="sm"
            label={kind === 'task' ? 'Only its owner and I may read it' : 'Only I may read it'}
            {...form.getInputProps('private', { type: 'checkbox' })}
          />
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
            <SubmitButton size="xs" busy={add.isPending}>
              Save
            </SubmitButton>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

const textLabels: Record<QuickKind, string> = {
  note: 'Note',
  meeting: 'Minutes',
  phone: 'Minutes',
  event: 'Minutes',
  task: 'Details',
};

interface FieldsProps {
  kind: QuickKind;
  form: UseFormReturnType<QuickValues>;
}

function Fields({ kind, form }: FieldsProps) {
  const { account } = useSession();
  return (
    <>
      {kind !== 'note' && (
        <TextInput
          data-first
          label={kind === 'task' ? 'What is to be done' : 'What it was about'}
          required={kind === 'task'}
          {...form.getInputProps('title')}
        />
      )}
      <MinutesField
        {...(kind === 'note' && { 'data-first': true })}
        label={textLabels[kind]}
        readers={form.values.private ? [account.id] : undefined}
        minRows={isMet(kind) ? 4 : 2}
        {...form.getInputProps('text')}
      />
      <SensitiveHint text={`${form.values.title}\n${form.values.text}`} />
      <Group gap="sm" align="flex-start">
        <TextInput
          type="date"
          label={kind === 'task' ? 'Due on' : 'Day'}
          {...form.getInputProps('date')}
        />
        {isMet(kind) && <TextInput type="time" label="Time" {...form.getInputProps('time')} />}
      </Group>
      {isMet(kind) && <Company form={form} />}
    </>
  );
}
