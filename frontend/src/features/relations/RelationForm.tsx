import { NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Relation } from '@/shared/api/types';
import { useGuardedSave } from '@/shared/conflict/useGuardedSave';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { SpanFields } from '@/shared/forms/SpanFields';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { SensitiveHint } from '@/shared/ui/SensitiveHint';
import type { DialogProps } from './dialogs';
import { change, create, readRelation, useRefresh } from './queries';
import {
  blank,
  fieldOf,
  nameOf,
  phrasesOf,
  requestOf,
  strengthWords,
  valuesFor,
  type RelationValues,
} from './values';

interface RelationFormProps extends DialogProps {
  /** The relation to change; null for a new one. */
  relation: Relation | null;
}

/** Records a relation, or changes one, as it is said from the page that one is on. */
export function RelationForm({ one, types, relation, onClose }: RelationFormProps) {
  const valuesOf = valuesFor(one.id, types);
  const form = useForm<RelationValues>({ initialValues: relation ? valuesOf(relation) : blank });
  const refresh = useRefresh();
  const { submit, busy, problem, dialog } = useGuardedSave({
    form,
    loaded: relation,
    valuesOf,
    write: (values, of) => {
      const body = requestOf(one.id, values);
      return of ? change(of, body) : create(body);
    },
    reload: readRelation,
    onSaved: () => {
      onClose();
      void refresh();
    },
    nameOf,
    fieldOf,
    show: (field, value) => showValue(field, value, phrases),
  });
  const phrases = phrasesOf(types, one.kind);
  const kinds = phrases.find(({ value }) => value === form.values.how)?.kinds;
  return (
    <>
      <DialogFrame
        title={relation ? 'Change the relation' : 'Record a relation'}
        {...{ problem, busy, onClose }}
        onSubmit={form.onSubmit((values) => submit(values))}
      >
        <Select
          label={one.name}
          placeholder="funds, advises, works with …"
          required
          allowDeselect={false}
          data-autofocus
          data={phrases.map(({ value, label }) => ({ value, label }))}
          {...form.getInputProps('how')}
        />
        <StakeholderSelect
          label="Whom"
          kinds={kinds ?? ['organisation', 'person', 'seat']}
          except={one.id}
          required
          {...form.getInputProps('otherId')}
        />
        <SpanFields props={form.getInputProps} />
        <NativeSelect
          label="Strength"
          data={strengthWords.map((label, n) => ({ value: String(n), label }))}
          {...form.getInputProps('strength')}
        />
        <TextInput
          label="Source"
          placeholder="Their annual report 2025"
          description="How we know, so that others can look it up."
          {...form.getInputProps('source')}
        />
        <Textarea label="Note" autosize minRows={1} {...form.getInputProps('note')} />
        <SensitiveHint text={form.values.note} />
      </DialogFrame>
      {dialog}
    </>
  );
}

function showValue(field: string, value: unknown, phrases: { value: string; label: string }[]) {
  if (typeof value !== 'string' || value === '') return '–';
  if (field === 'otherId') return <StakeholderLink id={value} />;
  if (field === 'how') return phrases.find((one) => one.value === value)?.label ?? value;
  return field === 'strength' ? (strengthWords[Number(value)] ?? value) : value;
}
