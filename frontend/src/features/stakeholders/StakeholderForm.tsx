import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { ContactFields } from './ContactFields';
import { DetailFields } from './DetailFields';
import { isShown, type FormValues } from './fields';
import { IdentityFields } from './IdentityFields';
import { KnownAsFields } from './KnownAsFields';
import { NotesField } from './NotesField';

export function useStakeholderForm(initialValues: FormValues) {
  const form = useForm<FormValues>({
    initialValues,
    validate: { name: (value) => (value.trim() ? null : 'Give a name.') },
  });
  const [problem, setProblem] = useState('');
  const showProblem = (error: unknown) => {
    const { byField, rest } = problemErrors(error, (path) => isShown(path, form.getValues()));
    form.setErrors(byField);
    setProblem(rest);
  };
  return { form, problem, showProblem, clearProblem: () => setProblem('') };
}

export type StakeholderFormApi = ReturnType<typeof useStakeholderForm>['form'];

/** Leads the eye and the keyboard to the first field that was refused. */
function focusFirst(path: string | undefined) {
  if (path) document.querySelector<HTMLElement>(`[data-path="${path}"]`)?.focus();
}

interface StakeholderFormProps {
  form: StakeholderFormApi;
  problem: string;
  /** The record itself, which cannot be its own parent. */
  id?: string;
  busy: boolean;
  submitLabel: string;
  onSubmit: (values: FormValues) => void;
  onCancel: () => void;
}

export function StakeholderForm(props: StakeholderFormProps) {
  const { form } = props;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(props.onSubmit, (errors) => focusFirst(Object.keys(errors)[0]))}
    >
      <FormProblem message={props.problem} />
      <Stack gap="xl">
        <IdentityFields form={form} {...(props.id && { id: props.id })} />
        <DetailFields form={form} />
        <ContactFields form={form} />
        <KnownAsFields form={form} />
        <NotesField form={form} />
      </Stack>
      <Group mt="lg">
        <SubmitButton busy={props.busy}>{props.submitLabel}</SubmitButton>
        <Button variant="default" onClick={props.onCancel}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
