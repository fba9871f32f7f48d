import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { PrivacyRequest } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { useConfirm } from './queries';
import { groundWords } from './words';

export function ConfirmForm({ request }: { request: PrivacyRequest }) {
  const [problem, setProblem] = useState('');
  const form = useForm({ initialValues: { name: '', ground: '', reason: '' } });
  const confirm = useConfirm(request, (error) => {
    const { byField, rest } = problemErrors(error, (path) => path in form.values);
    form.setErrors(byField);
    setProblem(rest);
  });
  return (
    <form onSubmit={form.onSubmit((values) => confirm.mutate(values))} style={{ maxWidth: 520 }}>
      <FormProblem message={problem} />
      <Stack gap="sm">
        <Select
          label="Legal ground"
          placeholder="Choose"
          data={Object.entries(groundWords).map(([value, label]) => ({ value, label }))}
          required
          {...form.getInputProps('ground')}
        />
        <Textarea
          label="Reason"
          description="This record is kept: say it without the name."
          autosize
          minRows={2}
          required
          {...form.getInputProps('reason')}
        />
        <TextInput
          label="Type the name to confirm"
          description={request.name}
          autoComplete="off"
          required
          {...form.getInputProps('name')}
        />
        <div>
          <SubmitButton busy={confirm.isPending}>Erase for good</SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
