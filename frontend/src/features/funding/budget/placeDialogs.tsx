import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import { sentenceOf } from '@/shared/api/problem';
import type { Fund, FundFields, Project, ProjectFields } from '@/shared/api/types';
import { options, restrictionWords } from '@/shared/format/words';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { useMoneyWrite } from '../queries';

interface PlaceDialogProps<T> {
  /** null: a new one. */
  of: T | null;
  onClose: () => void;
}

const at = ({ id, rev }: { id: string; rev: number }) => ({
  params: { path: { id }, header: ifMatch(rev) },
});

export function ProjectDialog({ of, onClose }: PlaceDialogProps<Project>) {
  const save = useMoneyWrite(
    (body: ProjectFields) =>
      data(of ? api.PUT('/projects/{id}', { ...at(of), body }) : api.POST('/projects', { body })),
    'The project is saved.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    {
      name: of?.name ?? '',
      code: of?.code ?? '',
      core: of?.core ?? false,
      from: of?.from ?? '',
      to: of?.to ?? '',
    },
    ({ name, code, core, from, to }) =>
      save.mutateAsync({
        name,
        core,
        ...(code && { code }),
        ...(from && { from }),
        ...(to && { to }),
      }),
    onClose,
  );
  return (
    <DialogFrame
      title={of ? 'Change the project' : 'New project'}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <TextInput label="What the books call it" {...form.getInputProps('code')} />
      <Checkbox
        label="It is the core: what the organisation costs whatever it does"
        {...form.getInputProps('core', { type: 'checkbox' })}
      />
      <Group grow align="start">
        <TextInput type="date" label="From" {...form.getInputProps('from')} />
        <TextInput type="date" label="To" {...form.getInputProps('to')} />
      </Group>
      {of && (
        <Remove
          what="project"
          onClose={onClose}
          remove={() => data(api.DELETE('/projects/{id}', at(of)))}
        />
      )}
    </DialogFrame>
  );
}

export function FundDialog({ of, onClose }: PlaceDialogProps<Fund>) {
  const save = useMoneyWrite(
    (body: FundFields) =>
      data(of ? api.PUT('/funds/{id}', { ...at(of), body }) : api.POST('/funds', { body })),
    'The fund is saved.',
  );
  const { form, problem, busy, submit } = useDialogForm(
    { name: of?.name ?? '', restriction: of?.restriction ?? ('unrestricted' as const) },
    (values) => save.mutateAsync(values),
    onClose,
  );
  return (
    <DialogFrame
      title={of ? 'Change the fund' : 'New fund'}
      {...{ problem, busy, onClose }}
      onSubmit={submit}
    >
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <NativeSelect
        label="Restriction"
        data={options(restrictionWords)}
        {...form.getInputProps('restriction')}
      />
      {of && (
        <Remove
          what="fund"
          onClose={onClose}
          remove={() => data(api.DELETE('/funds/{id}', at(of)))}
        />
      )}
    </DialogFrame>
  );
}

interface RemoveProps {
  what: string;
  remove: () => Promise<unknown>;
  onClose: () => void;
}

/** The button that was pressed is gone; who works with the keyboard goes on at the one in its place. */
const focus = (node: HTMLElement | null) => node?.focus();

/** What budgets or expenses name cannot be removed; the server says so. */
function Remove({ what, remove, onClose }: RemoveProps) {
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState('');
  const write = useMoneyWrite(remove, `The ${what} is removed.`);
  if (!asked) {
    return (
      <Button variant="subtle" color="red" px={0} onClick={() => setAsked(true)}>
        Remove the {what}…
      </Button>
    );
  }
  return (
    <div>
      <Group gap="sm">
        <span>The {what} will be gone.</span>
        <Button
          ref={focus}
          size="xs"
          color="red.9"
          aria-description={`The ${what} will be gone.`}
          loading={write.isPending}
          onClick={() =>
            void write
              .mutateAsync(undefined)
              .then(onClose, (error: unknown) => setRefusal(sentenceOf(error)))
          }
        >
          Remove it
        </Button>
      </Group>
      {refusal && (
        <p role="alert" style={{ margin: '4px 0 0', color: 'var(--bad)' }}>
          {refusal}
        </p>
      )}
    </div>
  );
}
