import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Stakeholder } from '@/shared/api/types';
import { othersQuery } from './queries';

interface OtherPickerProps {
  one: Stakeholder;
  onChoose: (id: string) => void;
}

/** Finds the record that goes, by any part of its name. */
export function OtherPicker({ one, onChoose }: OtherPickerProps) {
  const [typed, setTyped] = useState('');
  const found = useQuery(othersQuery(one.kind, typed));
  const choices = (found.data?.items ?? [])
    .filter(({ id }) => id !== one.id)
    .map(({ id, name, country, emails }) => ({
      value: id,
      label: [name, country, emails[0]?.address].filter(Boolean).join(' · '),
    }));
  return (
    <Select
      label={`Which record is ${one.name} as well?`}
      description="The record that you choose goes; everything that names it will name this one."
      placeholder="Type a part of its name"
      searchable
      maw={560}
      data={choices}
      value={null}
      onChange={(id) => id && onChoose(id)}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has already matched, with its own folding of accents.
      filter={({ options }) => options}
      nothingFoundMessage="No other record of this kind has this in its name."
    />
  );
}
