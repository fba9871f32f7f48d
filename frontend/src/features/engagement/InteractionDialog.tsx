import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Interaction } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { MinutesField } from '@/shared/minutes/MinutesField';
import { useSession } from '@/shared/session/session';
import { StakeholderPicker } from '@/shared/stakeholders/StakeholderPicker';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';
import { SensitiveHint } from '@/shared/ui/SensitiveHint';
import { interactionKinds } from './kinds';
import { Participants } from './Participants';
import { changeInteraction, editedQuery, readInteraction, useRefresh } from './queries';
import { Shown } from './Shown';
import { nameOf, requestOf, valuesOf, type EntryValues } from './values';
import classes from './engagement.module.css';

/** Changes a note, a meeting, a conversation or an event. Neither a click beside it nor Escape closes it: minutes are long. */
export function InteractionDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const interaction = useQuery(editedQuery(id));
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Edit the entry"
      size={620}
      fullScreen={phone}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Ready query={interaction} loading={<LoadingRows rows={6} />}>
        {(one) => <InteractionForm before={one} onClose={onClose} />}
      </Ready>
    </Dialog>
  );
}

function InteractionForm({ before, onClose }: { before: Interaction; onClose: () => void }) {
  const { account } = useSession();
  const refresh = useRefresh();
  const form = useForm<EntryValues>({ initialValues: valuesOf(before) });
  const { submit, busy, problem, dialog } = useGuardedSave({
    form,
    loaded: before,
    valuesOf,
    write: (values, of) => changeInteraction(of ?? before, requestOf(values)),
    reload: readInteraction,
    onSaved: () => {
      sayDone('Saved.');
      onClose();
      void refresh();
    },
    nameOf,
    show: (field, value) => <Shown field={field} value={value} />,
  });
  return (
    <>
      <form aria-label="Entry" onSubmit={form.onSubmit((values) => submit(values))}>
        <FormProblem message={problem} />
        <Fields form={form} authorId={before.authorId} mayHide={before.authorId === account.id} />
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <SubmitButton busy={busy}>Save</SubmitButton>
        </Group>
      </form>
      {dialog}
    </>
  );
}

interface FieldsProps {
  form: UseFormReturnType<EntryValues>;
  authorId: string;
  /** Only its author can make it private, as anybody else would lose sight of it. */
  mayHide: boolean;
}

function Fields({ form, authorId, mayHide }: FieldsProps) {
  const { title, minutes, stakeholderIds } = form.values;
  return (
    <Stack gap="sm">
      <div className={classes.when}>
        <NativeSelect label="Kind" data={interactionKinds} {...form.getInputProps('kind')} />
        <TextInput type="date" label="Day" required {...form.getInputProps('date')} />
        <TextInput type="time" label="Time" {...form.getInputProps('time')} />
      </div>
      <TextInput label="What it was about" data-autofocus {...form.getInputProps('title')} />
      <StakeholderPicker
        label="Stakeholders"
        value={stakeholderIds}
        onChange={(ids) => form.setFieldValue('stakeholderIds', ids)}
        error={form.errors['stakeholderIds']}
      />
      <Participants
        value={form.values.participantIds}
        onChange={(ids) => form.setFieldValue('participantIds', ids)}
        error={form.errors['participantIds']}
      />
      <MinutesField
        label="Text"
        readers={form.values.private ? [authorId] : undefined}
        minRows={5}
        maxRows={16}
        {...form.getInputProps('minutes')}
      />
      <SensitiveHint text={`${title}\n${minutes}`} />
      {mayHide && (
        <Checkbox
          size="sm"
          label="Only I may read it"
          {...form.getInputProps('private', { type: 'checkbox' })}
        />
      )}
    </Stack>
  );
}
