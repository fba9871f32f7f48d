import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import type { Agreement, AgreementFields } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { earmarkingWords, options, restrictionWords, sourceTypeWords } from '@/shared/format/words';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { inputOf, requestOf, valuesOf, type FormValues } from './form';
import { MoneyFields } from './MoneyFields';
import { OwnerSelect } from './OwnerSelect';
import { useWrite } from './queries';
import { RenewalSelect } from './RenewalSelect';
import classes from './agreements.module.css';
import { useCurrency } from '@/shared/session/session';

export type Form = UseFormReturnType<FormValues>;

interface AgreementFormProps {
  one: Agreement | null;
  /** What a new one begins with. */
  begin?: FormValues;
  submitLabel: string;
  write: (fields: AgreementFields) => Promise<Agreement>;
  onSaved: (saved: Agreement) => void;
  onCancel: () => void;
}

/** The facts of an agreement. Instalments and requirements follow on its page. */
export function AgreementForm(props: AgreementFormProps) {
  const { one, begin, submitLabel, write, onSaved, onCancel } = props;
  const currency = useCurrency();
  const form = useForm<FormValues>({ initialValues: begin ?? valuesOf(one, currency) });
  const [problem, setProblem] = useState('');
  const save = useWrite(write);
  const submit = form.onSubmit((values) => {
    setProblem('');
    save.mutate(requestOf(values), {
      onSuccess: onSaved,
      onError: (error) => {
        const { byField, rest } = problemErrors(error, (path) => inputOf(path) in values);
        form.setErrors(
          Object.fromEntries(Object.entries(byField).map(([path, said]) => [inputOf(path), said])),
        );
        setProblem(rest);
      },
    });
  });
  return (
    <form onSubmit={submit}>
      <FormProblem message={problem} />
      <div className={classes.fields}>
        <TextInput
          label="Title"
          required
          className={classes.wide}
          {...form.getInputProps('title')}
        />
        <TextInput label="Contract number" {...form.getInputProps('number')} />
        <TextInput label="Programme" {...form.getInputProps('programme')} />
        <StakeholderSelect
          label="Donor"
          description="Who signs and pays."
          kinds={['organisation', 'person']}
          required
          {...form.getInputProps('donorId')}
        />
        <StakeholderSelect
          label="Money of"
          description="Whose money it really is, where it is not the donor’s own."
          kinds={['organisation', 'person']}
          {...form.getInputProps('ultimateDonorId')}
        />
        <StakeholderSelect
          label="Passed on by"
          description="The lead of the consortium."
          kinds={['organisation']}
          {...form.getInputProps('leadId')}
        />
        <TextInput
          label="The way it takes"
          description="Where it passes through more hands."
          {...form.getInputProps('chain')}
        />
        <h2 className={classes.heading}>Dates</h2>
        <TextInput
          label="Signed on"
          description="Empty while it is a draft."
          type="date"
          {...form.getInputProps('signedOn')}
        />
        <TextInput
          label="Closed on"
          description="When everything is settled."
          type="date"
          {...form.getInputProps('closedOn')}
        />
        <TextInput label="Term begins" type="date" {...form.getInputProps('from')} />
        <TextInput label="Term ends" type="date" {...form.getInputProps('to')} />
        <MoneyFields form={form} />
        <h2 className={classes.heading}>How free it is, and who looks after it</h2>
        <NativeSelect
          label="Earmarking"
          data={options(earmarkingWords)}
          {...form.getInputProps('earmarking')}
        />
        <NativeSelect
          label="Restriction"
          data={options(restrictionWords)}
          {...form.getInputProps('restriction')}
        />
        <NativeSelect
          label="Source"
          data={options(sourceTypeWords)}
          {...form.getInputProps('sourceType')}
        />
        <OwnerSelect label="Looked after by" {...form.getInputProps('ownerId')} />
        <RenewalSelect except={one?.id} {...form.getInputProps('renewalOf')} />
        <Textarea
          label="Notes"
          description="Everybody who reads agreements reads them: name no amounts."
          className={classes.wide}
          autosize
          minRows={3}
          {...form.getInputProps('notes')}
        />
      </div>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <SubmitButton busy={save.isPending}>{submitLabel}</SubmitButton>
      </Group>
    </form>
  );
}
