import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { useStakeholderNames } from './names';

interface StakeholderPickerProps extends Pick<
  MultiSelectProps,
  'label' | 'aria-label' | 'error' | 'description' | 'maxValues'
> {
  value: string[];
  onChange: (ids: string[]) => void;
  /** Only organisations can be found. */
  organisations?: boolean;
}

/** Finds stakeholders by any part of their names. */
export function StakeholderPicker({
  value,
  onChange,
  organisations = false,
  ...field
}: StakeholderPickerProps) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const names = useStakeholderNames(value);
  const found = useQuery({
    queryKey: ['stakeholders', 'picker', organisations, asked],
    queryFn: ({ signal }) =>
      data(
        api.GET('/stakeholders', {
          params: {
            query: {
              limit: 20,
              ...(organisations && { kind: 'organisation' }),
              ...(asked ? { q: asked } : { sort: 'name' }),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const choices = new Map((found.data?.items ?? []).map((one) => [one.id, one.name]));
  for (const id of value) choices.set(id, names.get(id) ?? choices.get(id) ?? '…');
  return (
    <MultiSelect
      {...field}
      size="sm"
      placeholder={value.length === 0 ? 'Type a name' : ''}
      searchable
      hidePickedOptions
      data={[...choices].map(([id, label]) => ({ value: id, label }))}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has matched already, with its own folding of accents.
      filter={({ options }) => options}
      nothingFoundMessage="Nobody has this in their name."
    />
  );
}
