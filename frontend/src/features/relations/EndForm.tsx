import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Relation } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { today } from '@/shared/format/date';
import { FormProblem } from '@/shared/forms/FormProblem';
import type { DialogProps } from './dialogs';
import { change, readRelation, useRefresh } from './queries';
import { fieldsOf, nameOf, seenFrom } from './values';

/** Says when a relation ended. It stays on both pages as a former one. */
export function EndForm({ one, types, relation, onClose }: DialogProps & { relation: Relation }) {
  const form = useForm({ initialValues: { to: today() } });
  const refresh = useRefresh();
  const { submit, busy, problem, dialog } = useGuardedSave({
    form,
    loaded: relation,
    valuesOf: ({ to = '' }: Relation) => ({ to }),
    write: ({ to }, of) => change(of ?? relation, { ...fieldsOf(of ?? relation), to }),
    reload: readRelation,
    onSaved: () => {
      onClose();
      void refresh();
    },
    nameOf,
    show: (_field, value) => (typeof value === 'string' && value ? value : 'It goes on'),
  });
  const { words, other } = seenFrom(one.id, relation, types);
  return (
    <Modal opened onClose={onClose} title="End the relation" size="sm">
      <form onSubmit={form.onSubmit((values) => submit(values))}>
        <p style={{ marginTop: 0 }}>
          {one.name} {words} {other.name}. From the day after, it is listed as a former relation.
        </p>
        <FormProblem message={problem} />
        <TextInput
          label="Ended on"
          description="A day, a month (2026-09) or only the year."
          required
          data-autofocus
          {...form.getInputProps('to')}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            End it
          </Button>
        </Group>
      </form>
      {dialog}
    </Modal>
  );
}
