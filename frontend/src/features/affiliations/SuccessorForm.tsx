import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Affiliation } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { FormProblem } from '@/shared/forms/FormProblem';
import { problemErrors } from '@/shared/forms/problemErrors';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { sayDone } from '@/shared/ui/say';
import type { DialogProps } from './dialogs';
import { succeed, useRefresh, type SuccessorFields } from './queries';

/** Gives a post to its next holder; who held it until now leaves right before. */
export function SuccessorForm({ post, onDo }: Omit<DialogProps, 'one'> & { post: Affiliation }) {
  const form = useForm({ initialValues: { personId: '', from: today(), title: post.title ?? '' } });
  const [problem, setProblem] = useState('');
  const refresh = useRefresh();
  const save = useMutation({
    mutationFn: (values: SuccessorFields) => succeed(post, values),
    onSuccess: ({ person }) => {
      onDo(null);
      sayDone(`${person.name} holds the post now; that of ${post.person.name} is ended.`);
    },
    onError: (error) => {
      const { byField, rest } = problemErrors(error, (path) => path in form.getValues());
      form.setErrors(byField);
      setProblem(rest);
    },
    onSettled: refresh,
  });
  return (
    <Modal opened onClose={() => onDo(null)} title={`Who follows ${post.person.name}?`} size="md">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <FormProblem message={problem} />
        <Stack gap="sm">
          <StakeholderSelect
            label="New holder"
            kinds={['person']}
            except={post.personId}
            required
            {...form.getInputProps('personId')}
          />
          <TextInput
            label="From"
            description={`A day, a month or a year. ${post.person.name} leaves right before.`}
            required
            {...form.getInputProps('from')}
          />
          <TextInput label="Title" {...form.getInputProps('title')} />
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => onDo(null)}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
