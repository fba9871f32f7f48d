import { Group, NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Limits, LimitsFields } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { metricWords } from '@/shared/funding/metrics';
import { useMoneyWrite } from './queries';

type Figure = keyof LimitsFields;

/** Shares are typed as percentages; concentration and months as they are. */
const figures: { figure: Figure; scale: number; suffix: string; digits: number }[] = [
  { figure: 'hhi', scale: 1, suffix: '', digits: 3 },
  { figure: 'top1', scale: 100, suffix: ' %', digits: 1 },
  { figure: 'top3', scale: 100, suffix: ' %', digits: 1 },
  { figure: 'reserveMonths', scale: 1, suffix: ' months', digits: 1 },
];

interface LimitsFormProps {
  limits: Limits;
  onDone: () => void;
}

/** From where on a figure is marked. */
export function LimitsForm({ limits, onDone }: LimitsFormProps) {
  const [problem, setProblem] = useState('');
  const { hhi, top1, top3, reserveMonths } = limits;
  const form = useForm<LimitsFields>({ initialValues: { hhi, top1, top3, reserveMonths } });
  const save = useMoneyWrite(
    (body: LimitsFields) =>
      data(api.PUT('/limits', { params: { header: ifMatch(limits.rev) }, body })),
    'The limits are saved.',
  );
  const submit = form.onSubmit((values) =>
    save.mutate(values, {
      onSuccess: onDone,
      onError: (error) => {
        const { byField, rest } = problemErrors(error, (path) => path in form.values);
        form.setErrors(byField);
        setProblem(rest);
      },
    }),
  );
  return (
    <form onSubmit={submit}>
      <FormProblem message={problem} />
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          There is no agreed limit for organisations like ours. These are our own choice, and every
          figure says so.
        </Text>
        {figures.map(({ figure, scale, suffix, digits }) => (
          <div key={figure} role="group" aria-label={metricWords[figure]}>
            <Text size="sm" fw={500} mb={4}>
              {metricWords[figure]}
            </Text>
            <Group grow align="flex-start">
              {(['amber', 'red'] as const).map((level) => (
                <NumberInput
                  key={level}
                  label={level === 'amber' ? 'Amber' : 'Red'}
                  min={0}
                  hideControls
                  suffix={suffix}
                  decimalScale={digits}
                  value={Number((form.values[figure][level] * scale).toFixed(digits))}
                  error={level === 'amber' && form.errors[figure]}
                  onChange={(typed) =>
                    form.setFieldValue(`${figure}.${level}`, Number(typed) / scale)
                  }
                />
              ))}
            </Group>
          </div>
        ))}
        <Group justify="flex-end" mt="sm">
          <SubmitButton busy={save.isPending}>Save</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
