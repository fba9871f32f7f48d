import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { FormProblem } from '@/shared/forms/FormProblem';
import { problemErrors } from '@/shared/forms/problemErrors';
import { ShownOnce } from '@/shared/ui/ShownOnce';

type Kind = 'tasks' | 'deadlines' | 'obligations';

export const feedWords: Record<Kind, string> = {
  tasks: 'My open tasks',
  deadlines: 'Deadlines of calls',
  obligations: 'Payments, reports and ends of terms under agreements',
};

interface NewFeedDialogProps {
  /** What this Piper can show in a calendar. */
  kinds: string[];
  opened: boolean;
  onClose: () => void;
}

/** Makes a calendar address and shows it the one time that it can be seen. */
export function NewFeedDialog({ kinds, opened, onClose }: NewFeedDialogProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const initialValues: { name: string; kind: Kind; words: string } = {
    name: '',
    kind: 'deadlines',
    words: '',
  };
  const form = useForm({ initialValues });
  const create = useMutation({
    mutationFn: (body: typeof initialValues) => data(api.POST('/feeds', { body })),
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.values);
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['feeds'] }),
  });
  const close = () => {
    onClose();
    create.reset();
    form.reset();
    setProblem('');
  };
  return (
    <Modal opened={opened} onClose={close} title="New calendar address">
      {create.data ? (
        <ShownOnce secret={window.location.origin + create.data.path} onClose={close}>
          Subscribe to it in your calendar program.
        </ShownOnce>
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <FormProblem message={problem} />
          <Stack gap="md">
            <TextInput
              label="What shall the calendar be called?"
              placeholder="Deadlines"
              required
              {...form.getInputProps('name')}
            />
            <Radio.Group label="It shows" {...form.getInputProps('kind')}>
              <Stack gap={6} mt={6}>
                {(['tasks', 'deadlines', 'obligations'] as const)
                  .filter((kind) => kinds.includes(kind))
                  .map((kind) => (
                    <Radio key={kind} value={kind} label={feedWords[kind]} />
                  ))}
              </Stack>
            </Radio.Group>
            {form.values.kind === 'deadlines' && (
              <TextInput
                label="Only calls with these words"
                description="Leave empty for every call that is open or will be."
                {...form.getInputProps('words')}
              />
            )}
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
