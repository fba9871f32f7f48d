import { Group, Stack } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { Dialog } from '@/shared/ui/Dialog';
import { ShownOnce } from './ShownOnce';

interface SecretDialogProps<V, T> {
  title: string;
  opened: boolean;
  onClose: () => void;
  initialValues: V;
  /** Makes what opens the door; its answer is the only one with the secret. */
  create: (values: V) => Promise<T>;
  secretOf: (made: T) => string;
  /** What to do with the secret. */
  hint: string;
  /** The list that has one more then. */
  list: QueryKey;
  fields: (form: UseFormReturnType<V>) => ReactNode;
}

/** Asks what a secret is for, makes it, and shows it the one time that it can be seen. */
export function SecretDialog<V extends Record<string, unknown>, T>({
  title,
  opened,
  onClose,
  initialValues,
  secretOf,
  hint,
  list,
  fields,
  ...props
}: SecretDialogProps<V, T>) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  const form = useForm<V>({ initialValues });
  const create = useMutation({
    mutationFn: props.create,
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.getValues());
      form.setErrors(byField);
      setProblem(rest);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: list }),
  });
  const close = () => {
    onClose();
    create.reset();
    form.reset();
    setProblem('');
  };
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      {create.data ? (
        <ShownOnce secret={secretOf(create.data)} onClose={close}>
          {hint}
        </ShownOnce>
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
          <FormProblem message={problem} />
          <Stack gap="md">
            {fields(form)}
            <Group justify="flex-end">
              <SubmitButton busy={create.isPending}>Create</SubmitButton>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
