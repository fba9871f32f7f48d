import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { colleaguesQuery } from './queries';

interface OwnerSelectProps {
  label: string;
  value?: string;
  onChange?: (id: string) => void;
  error?: ReactNode;
}

/** One of us. */
export function OwnerSelect({ label, value, onChange = () => undefined, error }: OwnerSelectProps) {
  const colleagues = useQuery(colleaguesQuery).data?.items ?? [];
  return (
    <Select
      label={label}
      placeholder="Nobody yet"
      clearable
      clearButtonProps={{ 'aria-label': 'Nobody' }}
      data={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      error={error}
    />
  );
}
