import { Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ListName, View } from '@/shared/api/types';
import { FormProblem } from '@/shared/forms/FormProblem';
import { sentenceOf } from '@/shared/api/problem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { Dialog } from '@/shared/ui/Dialog';
import { useChangeView, useCreateView } from './queries';
import { fieldsOf, stateOf, type ListState } from './state';

/** What is being named: a new view, or one that is there. */
export interface Naming {
  title: string;
  name: string;
  view?: View;
}

interface NameDialogProps {
  list: ListName;
  naming: Naming | null;
  state: ListState;
  onSaved: (id: string) => void;
  onClose: () => void;
}

export function NameDialog({ naming, onClose, ...rest }: NameDialogProps) {
  return (
    <Dialog opened={naming !== null} onClose={onClose} title={naming?.title}>
      {naming && <NameForm naming={naming} onClose={onClose} {...rest} />}
    </Dialog>
  );
}

function NameForm({
  list,
  naming: { name: before, view },
  state,
  onSaved,
  onClose,
}: Omit<NameDialogProps, 'naming'> & { naming: Naming }) {
  const [name, setName] = useState(before);
  const [shared, setShared] = useState(false);
  const [pinned, setPinned] = useState(true);
  const create = useCreateView(list);
  const change = useChangeView(list);
  const save = () => {
    if (view) {
      const fields = fieldsOf(stateOf(view), { ...view, name });
      change.mutate({ view, fields }, { onSuccess: onClose });
      return;
    }
    create.mutate(fieldsOf(state, { name, shared, pinned }), {
      onSuccess: ({ id }) => {
        onClose();
        onSaved(id);
      },
    });
  };
  const error = create.error ?? change.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <FormProblem message={error ? sentenceOf(error) : ''} />
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {!view && (
          <>
            <Checkbox
              label="Pin it as a tab"
              checked={pinned}
              onChange={(event) => setPinned(event.currentTarget.checked)}
            />
            <Checkbox
              label="Share it with the team"
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          </>
        )}
        <Group justify="flex-end">
          <SubmitButton busy={create.isPending || change.isPending}>Save</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
