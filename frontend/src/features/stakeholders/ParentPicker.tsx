import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { all, readPage, stakeholderQuery } from './queries';

interface ParentPickerProps {
  value: string;
  onChange: (id: string) => void;
  error?: ReactNode;
  except?: string;
  required?: boolean;
}

/** Finds the organisation that this one belongs to, by any part of its name. */
export function ParentPicker({
  value,
  onChange,
  error,
  except,
  required = false,
}: ParentPickerProps) {
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...stakeholderQuery(value), enabled: value !== '' });
  const asked = typed === chosen.data?.name ? '' : typed;
  const found = useQuery({
    queryKey: [...all, 'organisations', asked],
    queryFn: ({ signal }) =>
      readPage(
        asked ? { kind: 'organisation', q: asked } : { kind: 'organisation', sort: 'name' },
        { limit: 30 },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const choices = (found.data?.items ?? [])
    .filter((one) => one.id !== except && one.id !== value)
    .map((one) => ({ value: one.id, label: one.name }));
  if (chosen.data) choices.unshift({ value: chosen.data.id, label: chosen.data.name });

  return (
    <Select
      label="Part of"
      required={required}
      description={required && 'The organisation whose seat it is.'}
      placeholder="Type to find an organisation"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'No parent organisation' }}
      data={choices}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has already matched, with its own folding of accents.
      filter={({ options }) => options}
      nothingFoundMessage="No organisation has this in its name."
      error={error}
    />
  );
}
