import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState, type ReactNode } from 'react';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { useColleagueChoices } from '@/shared/session/colleagues';
import { fieldOf, isShown, type FormValues } from './fields';
import { MoneyFields, ProbabilityFields, TimeFields } from './OpportunityFields';
import { PartnerFields } from './PartnerFields';
import classes from './pipeline.module.css';

export function useOpportunityForm(initialValues: FormValues) {
  const form = useForm<FormValues>({
    initialValues,
    validate: { title: (value) => (value.trim() ? null : 'Give a title.') },
  });
  const [problem, setProblem] = useState('');
  const showProblem = (error: unknown) => {
    const { byField, rest } = problemErrors(error, isShown);
    const errors = Object.fromEntries(
      Object.entries(byField).map(([path, said]) => [fieldOf(path), said]),
    );
    form.setErrors(errors);
    setProblem(rest || errors['partners'] || '');
  };
  return { form, problem, showProblem };
}

export type OpportunityFormApi = ReturnType<typeof useOpportunityForm>['form'];

interface OpportunityFormProps {
  form: OpportunityFormApi;
  problem: string;
  busy: boolean;
  submitLabel: string;
  /** Above the fields: what it comes from. */
  lead?: ReactNode;
  onSubmit: (values: FormValues) => void;
  onCancel: () => void;
}

export function OpportunityForm(props: OpportunityFormProps) {
  const { form } = props;
  const colleagues = useColleagueChoices([form.values.ownerId]);
  return (
    <form noValidate onSubmit={form.onSubmit(props.onSubmit)}>
      <FormProblem message={props.problem} />
      {props.lead}
      <Stack gap="xl">
        <Stack gap="md">
          <TextInput label="Title" required {...form.getInputProps('title')} />
          <div className={classes.pair}>
            <StakeholderSelect
              label="Donor"
              first="donor"
              value={form.values.donorId}
              onChange={(id) => form.setFieldValue('donorId', id)}
              error={form.errors['donorId']}
            />
            <TextInput label="Programme" {...form.getInputProps('programme')} />
          </div>
          <NativeSelect
            label="Owner"
            data={[{ value: '', label: 'I' }, ...colleagues]}
            {...form.getInputProps('ownerId')}
          />
        </Stack>
        <MoneyFields form={form} />
        <TimeFields form={form} />
        <ProbabilityFields form={form} />
        <PartnerFields form={form} />
        <Textarea
          label="Notes"
          description="No client data here, not even initials."
          autosize
          minRows={3}
          {...form.getInputProps('notes')}
        />
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
