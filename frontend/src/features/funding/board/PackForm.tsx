import { Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { today } from '@/shared/format/date';
import type { Basis, DonorView } from '@/shared/api/types';
import { SensitiveHint } from '@/shared/ui/SensitiveHint';
import { bases, views } from '../words';
import { YearRange } from '../YearRange';
import { usePackWrite } from './queries';

interface Fields {
  title: string;
  notes: string;
  basis: Basis;
  view: DonorView;
  from: number;
  to: number;
}

/** Asks for a pack; the list shows how far it is. */
export function PackForm({ onDone }: { onDone: () => void }) {
  const [problem, setProblem] = useState('');
  const thisYear = Number(today().slice(0, 4));
  const form = useForm<Fields>({
    initialValues: {
      title: `Board pack, ${new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(new Date())}`,
      notes: '',
      basis: 'cash',
      view: 'ultimate',
      from: thisYear - 4,
      to: thisYear,
    },
  });
  const ask = usePackWrite(
    (body: Fields) => data(api.POST('/board/packs', { body })),
    'The pack is being made.',
  );
  const submit = async (values: Fields) => {
    try {
      await ask.mutateAsync(values);
      onDone();
    } catch (error) {
      const { byField, rest } = problemErrors(error, (path) => path in values);
      form.setErrors(byField);
      setProblem(rest);
    }
  };
  const years = form.errors['to'] ?? form.errors['from'];
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <FormProblem message={problem || (typeof years === 'string' ? years : '')} />
      <Stack gap="md">
        <TextInput label="Title" required {...form.getInputProps('title')} />
        <Group gap="md" align="end">
          <YearRange
            from={form.values.from}
            to={form.values.to}
            latest={thisYear}
            onChange={(years) => form.setValues(years)}
          />
          <NativeSelect label="Basis" data={bases} {...form.getInputProps('basis')} />
          <NativeSelect label="Donors" data={views} {...form.getInputProps('view')} />
        </Group>
        <Textarea
          label="Notes by the secretariat"
          description="They have a page of their own, after the figures at a glance."
          autosize
          minRows={5}
          maxRows={14}
          {...form.getInputProps('notes')}
        />
        <SensitiveHint text={form.values.notes} />
        <Group justify="flex-end">
          <SubmitButton busy={ask.isPending}>Make the pack</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
