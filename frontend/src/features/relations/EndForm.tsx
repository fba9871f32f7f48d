import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Relation } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { today } from '@/shared/format/date';
import { DialogFrame } from '@/shared/forms/DialogFrame';
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
    <>
      <DialogFrame
        title="End the relation"
        action="End it"
        size="sm"
        {...{ problem, busy, onClose }}
        onSubmit={form.onSubmit((values) => submit(values))}
      >
        <p style={{ margin: 0 }}>
          {one.name} {words} {other.name}. From the day after, it is listed as a former relation.
        </p>
        <TextInput
          label="Ended on"
          description="A day, a month (2026-09) or only the year."
          required
          data-autofocus
          {...form.getInputProps('to')}
        />
      </DialogFrame>
      {dialog}
    </>
  );
}
