import { MultiSelect, NativeSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ListField, ListOperator } from '@/shared/api/types';
import { countries } from '@/shared/format/country';
import { options, say } from '@/shared/format/words';
import { colleaguesQuery, presentColleaguesQuery } from '@/shared/session/colleagues';
import { StakeholderPicker } from '@/shared/stakeholders/StakeholderPicker';

interface ValueEditorProps {
  field: Pick<ListField, 'name' | 'label' | 'kind' | 'of' | 'values'>;
  takes: ListOperator['takes'];
  /** How the field's closed set is said. */
  words: Record<string, string>;
  values: string[];
  /** The value becomes a record's own: of accounts, one of those who are here. */
  assigning?: boolean;
  onChange: (values: string[]) => void;
}

/** The control for a value: what the field holds decides which. */
export function ValueEditor(props: ValueEditorProps) {
  const { field, takes, words, values, assigning, onChange } = props;
  const ofAccount = field.of === 'account';
  const colleagues = useQuery({ ...colleaguesQuery, enabled: ofAccount && !assigning });
  const present = useQuery({ ...presentColleaguesQuery, enabled: ofAccount && assigning === true });
  if (takes === 'none') return null;
  const label = `Value of ${field.label}`;
  if (field.of === 'stakeholder' || field.of === 'organisation') {
    return (
      <StakeholderPicker
        aria-label={label}
        organisations={field.of === 'organisation'}
        value={values}
        {...(takes === 'one' && { maxValues: 1 })}
        onChange={onChange}
      />
    );
  }
  const closed =
    ofAccount && assigning
      ? (present.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
      : choicesOf(field, words, colleagues.data);
  if (closed && takes === 'many') {
    return (
      <MultiSelect
        size="sm"
        aria-label={label}
        placeholder={values.length === 0 ? 'Choose' : ''}
        data={closed}
        searchable={closed.length > 12}
        hidePickedOptions
        value={values}
        onChange={onChange}
      />
    );
  }
  if (closed && closed.length > 12) {
    return (
      <Select
        size="sm"
        aria-label={label}
        placeholder="Choose"
        data={closed}
        searchable
        value={values[0] ?? null}
        onChange={(value) => onChange(value ? [value] : [])}
      />
    );
  }
  if (closed) {
    return (
      <NativeSelect
        aria-label={label}
        data={[{ value: '', label: 'Choose' }, ...closed]}
        value={values[0] ?? ''}
        onChange={(event) => onChange([event.currentTarget.value])}
      />
    );
  }
  if (takes === 'many') {
    return (
      <TagsInput
        size="sm"
        aria-label={label}
        placeholder={values.length === 0 ? 'Enter after each' : ''}
        acceptValueOnBlur
        value={values}
        onChange={onChange}
      />
    );
  }
  const isDay = field.kind === 'day' || field.kind === 'moment';
  return (
    <TextInput
      aria-label={label}
      type={isDay ? 'date' : field.kind === 'number' ? 'number' : 'text'}
      {...(field.kind === 'amount' && { inputMode: 'decimal' as const })}
      value={values[0] ?? ''}
      onChange={(event) => onChange([event.currentTarget.value])}
    />
  );
}

function choicesOf(
  { kind, of, values }: ValueEditorProps['field'],
  words: Record<string, string>,
  colleagues: Map<string, string> | undefined,
) {
  if (kind === 'yesNo') {
    return [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ];
  }
  if (of === 'country') return countries;
  if (of === 'account') {
    const us = [...(colleagues ?? [])].map(([value, label]) => ({ value, label }));
    return [{ value: 'me', label: 'me' }, ...us];
  }
  // Of an open set that the list can say, what it can say is offered.
  if (kind === 'word' && !values && Object.keys(words).length > 0) return options(words);
  return values?.map((value) => ({ value, label: say(words, value) }));
}
