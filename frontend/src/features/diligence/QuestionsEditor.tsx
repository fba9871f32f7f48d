import { ActionIcon, Button, Checkbox, Group, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { DonorPolicy } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { sayDone } from '@/shared/ui/say';
import { Behind } from '@/shared/conflict/Behind';
import { useWrite } from './queries';
import { useBase } from '@/shared/conflict/useBase';
import classes from './diligence.module.css';

/** The questions of the policy, to be written, moved and taken from. */
export function QuestionsEditor({ policy }: { policy: DonorPolicy }) {
  const { base, isBehind, onUnsaved, drop, onSaved } = useBase(policy);
  return (
    <Editor key={base.rev} policy={base} {...{ isBehind, onUnsaved, onSaved }} onDrop={drop} />
  );
}

interface EditorProps {
  policy: DonorPolicy;
  isBehind: boolean;
  onUnsaved: (unsaved: boolean) => void;
  onDrop: () => void;
  onSaved: (saved: DonorPolicy) => void;
}

function Editor({ policy, isBehind, onUnsaved, onDrop, onSaved }: EditorProps) {
  const form = useForm({
    initialValues: {
      questions: policy.questions.map(({ id = '', text, help = '', optional = false }) => ({
        id,
        text,
        help,
        optional,
      })),
    },
  });
  const [problem, setProblem] = useState('');
  const unsaved = form.isDirty();
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved]);
  const save = useWrite((body: typeof form.values) =>
    data(api.PUT('/diligence/policy', { params: { header: ifMatch(policy.rev) }, body })).then(
      onSaved,
    ),
  );
  const submit = form.onSubmit((values) => {
    setProblem('');
    save
      .mutateAsync(values)
      .then(() => sayDone('The questions are saved.'))
      .catch((error: unknown) => {
        if (isStatus(error, 412)) return;
        const { byField, rest } = problemErrors(error, (path) => path.startsWith('questions.'));
        form.setErrors(byField);
        setProblem(rest);
      });
  });
  const last = form.values.questions.length - 1;
  return (
    <form onSubmit={submit}>
      {form.values.questions.map((one, i) => {
        const n = String(i + 1);
        const path = `questions.${String(i)}`;
        const move = (to: number) => form.reorderListItem('questions', { from: i, to });
        return (
          <div key={one.id || n} className={classes.edit} role="group" aria-label={`Question ${n}`}>
            <Textarea
              aria-label={`Question ${n}`}
              autosize
              minRows={1}
              {...form.getInputProps(`${path}.text`)}
            />
            <Group gap={2} wrap="nowrap">
              <Move label={`Move question ${n} up`} off={i === 0} onClick={() => move(i - 1)} up />
              <Move
                label={`Move question ${n} down`}
                off={i === last}
                onClick={() => move(i + 1)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take question ${n} out`}
                onClick={() => form.removeListItem('questions', i)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
            <Textarea
              aria-label={`Where to look for question ${n}`}
              placeholder="Where to look, what counts"
              autosize
              minRows={1}
              {...form.getInputProps(`${path}.help`)}
            />
            <Checkbox
              label="Optional"
              mt={8}
              {...form.getInputProps(`${path}.optional`, { type: 'checkbox' })}
            />
          </div>
        );
      })}
      {isBehind && <Behind what="The questions have" onDrop={onDrop} />}
      <Group mt={16}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            form.insertListItem('questions', { id: '', text: '', help: '', optional: false })
          }
        >
          Add a question
        </Button>
        <SubmitButton busy={save.isPending} disabled={!unsaved || isBehind}>
          Save questions
        </SubmitButton>
      </Group>
      <FormProblem message={problem} />
    </form>
  );
}

interface MoveProps {
  label: string;
  off: boolean;
  up?: boolean;
  onClick: () => void;
}

function Move({ label, off, up = false, onClick }: MoveProps) {
  const Icon = up ? IconArrowUp : IconArrowDown;
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={off} onClick={onClick}>
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}
