import { Button, Group, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Aim, TargetFields } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { useMoneyWrite } from './queries';
import { metricWords } from '@/shared/funding/metrics';

interface TargetFormProps {
  target: Aim | null;
  year: number;
  onDone: () => void;
}

const options = Object.entries(metricWords).map(([value, label]) => ({ value, label }));

export function TargetForm({ target, year, onDone }: TargetFormProps) {
  const [problem, setProblem] = useState('');
  const form = useForm<TargetFields>({
    initialValues: {
      metric: target?.metric ?? 'euShare',
      view: target?.view ?? 'ultimate',
      basis: target?.basis ?? 'cash',
      comparison: target?.comparison ?? 'below',
      value: target?.value ?? 0.5,
      year: target?.year ?? year + 2,
      startYear: target?.startYear ?? year - 1,
      note: target?.note ?? '',
    },
  });
  const plain = form.values.metric === 'hhi' || form.values.metric === 'reserveMonths';
  const save = useMoneyWrite(
    (body: TargetFields) =>
      target
        ? data(
            api.PUT('/targets/{id}', {
              params: { path: { id: target.id }, header: ifMatch(target.rev) },
              body,
            }),
          )
        : data(api.POST('/targets', { body })),
    'The target is saved.',
  );
  const remove = useMoneyWrite(
    ({ id, rev }: Aim) =>
      data(api.DELETE('/targets/{id}', { params: { path: { id }, header: ifMatch(rev) } })),
    'The target is removed.',
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
        <NativeSelect label="Figure" data={options} {...form.getInputProps('metric')} />
        <Group grow>
          <NativeSelect
            label="Shall be"
            data={['below', 'above']}
            {...form.getInputProps('comparison')}
          />
          <NumberInput
            label="Value"
            suffix={plain ? '' : ' %'}
            min={0}
            decimalScale={plain ? 3 : 1}
            value={plain ? form.values.value : form.values.value * 100}
            error={form.errors.value}
            onChange={(value) =>
              form.setFieldValue('value', plain ? Number(value) : Number(value) / 100)
            }
          />
        </Group>
        <Group grow>
          <NumberInput label="From year" hideControls {...form.getInputProps('startYear')} />
          <NumberInput label="By year" hideControls {...form.getInputProps('year')} />
        </Group>
        <Group grow>
          <NativeSelect
            label="Donors"
            data={['ultimate', 'direct']}
            {...form.getInputProps('view')}
          />
          <NativeSelect
            label="Basis"
            data={['cash', 'accrued', 'signed']}
            {...form.getInputProps('basis')}
          />
        </Group>
        <Group justify="space-between" mt="sm">
          {target ? (
            <Button variant="subtle" color="red" onClick={() => remove.mutate(target, done)}>
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
