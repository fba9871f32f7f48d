import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { FormProblem } from '@/shared/forms/FormProblem';
import { problemErrors } from '@/shared/forms/problemErrors';
import { ShownOnce } from '@/shared/ui/ShownOnce';

interface NewToken {
  name: string;
  scope: 'read' | 'write';
}

/** Makes a token and shows it the one time that it can be seen. */
export function NewTokenDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm<NewToken>({ initialValues: { name: '', scope: 'read' } });
  const create = useMutation({
    mutationFn: (body: NewToken) => data(api.POST('/tokens', { body })),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const close = () => {
    onClose();
    create.reset();
    form.reset();
    setProblem('');
  };
  return (
    <Modal opened={opened} onClose={close} title="New API token">
      {create.data ? (
        <ShownOnce secret={create.data.token} onClose={close}>
          Programs send it as a bearer token.
        </ShownOnce>
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <FormProblem message={problem} />
          <Stack gap="md">
            <TextInput
              label="What is it for?"
              placeholder="Board spreadsheet"
              required
              {...form.getInputProps('name')}
            />
            <Radio.Group label="It may" {...form.getInputProps('scope')}>
              <Stack gap={6} mt={6}>
                <Radio value="read" label="read what I may read" />
                <Radio value="write" label="read and write as I may" />
              </Stack>
            </Radio.Group>
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
