import { Button, Group, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { ReserveFields, Standing } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { today } from '@/shared/format/date';
import { useMoneyWrite } from './queries';
import { useCurrency } from '@/shared/session/session';

interface ReserveFormProps {
  statement: Standing | null;
  onDone: () => void;
}

const amounts = [
  ['unrestricted', 'Unrestricted funds'],
  ['designated', 'Designated by the board'],
  ['netFixedAssets', 'Net fixed assets'],
  ['annualSpend', 'Annual operating spend'],
] as const;

export function ReserveForm({ statement, onDone }: ReserveFormProps) {
  const currency = useCurrency();
  const [problem, setProblem] = useState('');
  const form = useForm<ReserveFields>({
    initialValues: {
      date: statement?.date ?? today(),
      unrestricted: statement?.unrestricted ?? 0,
      designated: statement?.designated ?? 0,
      netFixedAssets: statement?.netFixedAssets ?? 0,
      annualSpend: statement?.annualSpend ?? 0,
      note: statement?.note ?? '',
    },
  });
  const save = useMoneyWrite(
    (body: ReserveFields) =>
      statement
        ? data(
            api.PUT('/reserves/{id}', {
              params: { path: { id: statement.id }, header: ifMatch(statement.rev) },
              body,
            }),
          )
        : data(api.POST('/reserves', { body })),
    'The statement is saved.',
  );
  const remove = useMoneyWrite(
    ({ id, rev }: Standing) =>
      data(api.DELETE('/reserves/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    'The statement is removed.',
  );
  const done = {
    onSuccess: onDone,
    onError: (error: unknown) => {
      const { byField, rest } = problemErrors(error, () => true);
      form.setErrors(byField);
      setProblem(rest);
    },
  };
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values, done))}>
      <FormProblem message={problem} />
      <Stack gap="sm">
        <TextInput type="date" label="As of" required {...form.getInputProps('date')} />
        {amounts.map(([field, label]) => (
          <NumberInput
            key={field}
            label={`${label}, ${currency}`}
            decimalScale={2}
            thousandSeparator=","
            value={form.values[field] / 100}
            error={form.errors[field]}
            onChange={(figure) => form.setFieldValue(field, Math.round(Number(figure) * 100))}
          />
        ))}
        <Textarea label="Note" autosize minRows={2} {...form.getInputProps('note')} />
        <Group justify="space-between" mt="sm">
          {statement ? (
            <Button variant="subtle" color="red" onClick={() => remove.mutate(statement, done)}>
              Remove
            </Button>
          ) : (
            <span />
          )}
          <SubmitButton busy={save.isPending}>Save</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
