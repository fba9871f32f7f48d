import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, data } from '@/shared/api/client';
import type { StakeholderKind } from '@/shared/api/types';

interface PartyPickerProps {
  label: string;
  kinds: readonly StakeholderKind[];
  value?: string;
  onChange?: (id: string) => void;
  /** Who cannot be chosen: the record itself. */
  except?: string;
  description?: string;
  error?: ReactNode;
  required?: boolean;
}

const one = (id: string) => ({
  queryKey: ['stakeholders', 'one', id],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    data(api.GET('/stakeholders/{id}', { params: { path: { id } }, signal })),
});

/** Those of some kinds that a text finds; without a text the first by name. */
const found = (kinds: readonly StakeholderKind[], q: string) => ({
  queryKey: ['stakeholders', 'found', kinds, q],
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const where = JSON.stringify(['or', ...kinds.map((kind) => ['kind', 'is', kind])]);
    const query = { where, limit: 30, ...(q ? { q } : { sort: 'name' }) };
    return data(api.GET('/stakeholders', { params: { query }, signal }));
  },
  placeholderData: keepPreviousData,
});

/** Finds one stakeholder of some kinds by any part of its name. */
export function PartyPicker({
  kinds,
  value = '',
  onChange = () => undefined,
  except,
  ...input
}: PartyPickerProps) {
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...one(value), enabled: value !== '' }).data;
  const name = chosen?.name ?? '';
  const choices = (useQuery(found(kinds, typed === name ? '' : typed)).data?.items ?? [])
    .filter(({ id }) => id !== except && id !== value)
    .map(({ id, name: label, country }) => ({
      value: id,
      label: [label, country].filter(Boolean).join(' · '),
    }));
  if (value && name) choices.unshift({ value, label: name });
  return (
    <Select
      {...input}
      placeholder="Type a part of the name"
      searchable
      data={choices}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has already matched, with its own folding of accents.
      filter={({ options }) => options}
      nothingFoundMessage="Nobody is found by this. Add the stakeholder first."
    />
  );
}
