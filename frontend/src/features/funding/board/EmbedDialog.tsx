import { Button, Group, Modal, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { Basis, DonorView } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { problemErrors } from '@/shared/forms/problemErrors';
import { ShownOnce } from '@/shared/ui/ShownOnce';
import { bases, views } from '../words';
import { embedsKey } from './queries';
import { chartWords } from './words';

interface Fields {
  name: string;
  chart: string;
  basis: Basis;
  view: DonorView;
  days: number;
}

/** Makes a link to a chart and shows it the one time that it can be seen. */
export function EmbedDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm<Fields>({
    initialValues: {
      name: '',
      chart: 'diversification',
      basis: 'cash',
      view: 'ultimate',
      days: 90,
    },
  });
  const create = useMutation({
    mutationFn: (body: Fields) => data(api.POST('/embeds', { body })),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: embedsKey }),
  });
  const close = () => {
    onClose();
    create.reset();
    form.reset();
    setProblem('');
  };
  return (
    <Modal opened={opened} onClose={close} title="New link to a chart">
      {create.data ? (
        <ShownOnce secret={`${window.location.origin}${create.data.path}.svg`} onClose={close}>
          Use it as a picture in another page; with .png at its end it is a PNG.
        </ShownOnce>
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <FormProblem message={problem} />
          <Stack gap="md">
            <TextInput
              label="Where is it going to be used?"
              placeholder="Annual report page"
              required
              {...form.getInputProps('name')}
            />
            <NativeSelect
              label="Chart"
              data={Object.entries(chartWords).map(([value, label]) => ({ value, label }))}
              {...form.getInputProps('chart')}
            />
            <Group grow>
              <NativeSelect label="Basis" data={bases} {...form.getInputProps('basis')} />
              <NativeSelect label="Donors" data={views} {...form.getInputProps('view')} />
            </Group>
            <NumberInput
              label="Works for how many days?"
              min={1}
              max={366}
              required
              {...form.getInputProps('days')}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={create.isPending}>
                Create
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
