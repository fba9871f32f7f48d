import { NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Position, Priority, Stakeholder } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { formatDate } from '@/shared/format/date';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { SensitiveHint } from '@/shared/ui/SensitiveHint';
import { change, create, readPosition, useRefresh } from './queries';
import {
  blank,
  degrees,
  nameOf,
  requestOf,
  stances,
  valuesOf,
  type PositionValues,
} from './values';

interface PositionFormProps {
  one: Stakeholder;
  priorities: Priority[];
  /** The position to correct; null for a new one. */
  position: Position | null;
  /** The priority that a new one is about, where the page knows it. */
  about?: string | undefined;
  onClose: () => void;
}

const chosen = degrees.map((label, n) => ({ value: String(n), label }));

/** Writes down where somebody stands, or corrects it. */
export function PositionForm({ one, priorities, position, about, onClose }: PositionFormProps) {
  const form = useForm<PositionValues>({
    initialValues: position ? valuesOf(position) : blank(about),
  });
  const refresh = useRefresh();
  const { submit, busy, problem, dialog } = useGuardedSave({
    form,
    loaded: position,
    valuesOf,
    write: (values, of) => {
      const body = requestOf(one.id, values);
      return of ? change(of, body) : create(body);
    },
    reload: readPosition,
    onSaved: () => {
      onClose();
      void refresh();
    },
    nameOf,
    show: (field, value) => shown(field, value, priorities),
  });
  const offered = priorities.filter(({ id, retired }) => !retired || id === position?.priorityId);
  return (
    <>
      <DialogFrame
        title={position ? 'Correct the position' : 'Where they stand'}
        {...{ problem, busy, onClose }}
        onSubmit={form.onSubmit((values) => submit(values))}
      >
        <Select
          label="Priority"
          required
          allowDeselect={false}
          searchable
          data-autofocus
          data={offered.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('priorityId')}
        />
        <Select
          label="Position"
          required
          allowDeselect={false}
          data={Object.entries(stances).map(([value, { label }]) => ({ value, label }))}
          {...form.getInputProps('stance')}
        />
        <Textarea
          label="Evidence"
          description="A vote, a speech, a letter: by what we know it."
          required
          autosize
          minRows={2}
          {...form.getInputProps('evidence')}
        />
        <SensitiveHint text={form.values.evidence} />
        <TextInput label="Link" placeholder="https://…" {...form.getInputProps('link')} />
        <TextInput type="date" label="Since" required {...form.getInputProps('date')} />
        <NativeSelect
          label="Influence on what is decided"
          data={chosen}
          {...form.getInputProps('influence')}
        />
        <NativeSelect
          label="Interest in the matter"
          data={chosen}
          {...form.getInputProps('interest')}
        />
      </DialogFrame>
      {dialog}
    </>
  );
}

function shown(field: string, value: unknown, priorities: Priority[]) {
  if (typeof value !== 'string' || value === '') return '–';
  if (field === 'priorityId') return priorities.find(({ id }) => id === value)?.name ?? value;
  if (field === 'stance')
    return value in stances ? stances[value as keyof typeof stances].label : value;
  if (field === 'date') return formatDate(value);
  return field === 'influence' || field === 'interest' ? (degrees[Number(value)] ?? value) : value;
}
