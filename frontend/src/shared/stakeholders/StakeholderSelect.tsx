import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, data } from '@/shared/api/client';
import type { StakeholderKind } from '@/shared/api/types';

interface StakeholderSelectProps {
  label: string;
  /** All kinds, where none are named. */
  kinds?: readonly StakeholderKind[];
  /** Before anything is typed, those with this role are offered. */
  first?: string;
  value?: string;
  onChange?: (id: string) => void;
  /** Who cannot be chosen: the record itself. */
  except?: string;
  description?: string;
  error?: ReactNode;
  required?: boolean;
  clearable?: boolean;
}

const one = (id: string) => ({
  queryKey: ['stakeholders', 'one', id],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    data(api.GET('/stakeholders/{id}', { params: { path: { id } }, signal })),
});

/** Those whom a text finds; without a text the first by name. */
const found = (q: string, kinds: readonly StakeholderKind[], role?: string) => ({
  queryKey: ['stakeholders', 'found', kinds, role, q],
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const where =
      kinds.length && JSON.stringify(['or', ...kinds.map((kind) => ['kind', 'is', kind])]);
    const query = {
      limit: 30,
      ...(where && { where }),
      ...(q ? { q } : { sort: 'name', ...(role && { role }) }),
    };
    return data(api.GET('/stakeholders', { params: { query }, signal }));
  },
  placeholderData: keepPreviousData,
});

/** One stakeholder (StakeholderPicker is for several): finds one by any part of its name. */
export function StakeholderSelect({
  kinds,
  first,
  value = '',
  onChange = () => undefined,
  except,
  ...input
}: StakeholderSelectProps) {
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...one(value), enabled: value !== '' }).data;
  const name = chosen?.name ?? '';
  const choices = (
    useQuery(found(typed === name ? '' : typed, kinds ?? [], first)).data?.items ?? []
  )
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
      clearable={!input.required}
      clearButtonProps={{ 'aria-label': `No ${input.label.toLowerCase()}` }}
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
