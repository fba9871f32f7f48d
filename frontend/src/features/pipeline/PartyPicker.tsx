import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, data } from '@/shared/api/client';

interface PartyPickerProps {
  label: string;
  value: string;
  onChange: (id: string) => void;
  error?: ReactNode;
  /** Only stakeholders with this role are offered before anything is typed. */
  among?: string;
}

/** Finds a stakeholder by any part of its name. */
export function PartyPicker({ label, value, onChange, error, among }: PartyPickerProps) {
  const [typed, setTyped] = useState('');
  const chosen = useQuery({
    queryKey: ['stakeholders', 'one', value],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders/{id}', { params: { path: { id: value } }, signal })),
    enabled: value !== '',
  });
  const asked = typed === chosen.data?.name ? '' : typed;
  const query = asked ? { q: asked } : { sort: 'name', ...(among && { role: among }) };
  const found = useQuery({
    queryKey: ['stakeholders', 'picker', query],
    queryFn: ({ signal }) =>
      data(api.GET('/stakeholders', { params: { query: { ...query, limit: 30 } }, signal })),
    placeholderData: keepPreviousData,
  });
  const choices = (found.data?.items ?? [])
    .filter((one) => one.id !== value)
    .map((one) => ({ value: one.id, label: one.name }));
  if (chosen.data) choices.unshift({ value: chosen.data.id, label: chosen.data.name });
  return (
    <Select
      label={label}
      placeholder="Type a name"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `No ${label.toLowerCase()}` }}
      data={choices}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has already matched, with its own folding of accents.
      filter={({ options }) => options}
      nothingFoundMessage="Nobody has this in their name."
      error={error}
    />
  );
}
