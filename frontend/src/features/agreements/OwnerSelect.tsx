import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useColleagueChoices } from '@/shared/session/colleagues';

interface OwnerSelectProps {
  label: string;
  value?: string;
  onChange?: (id: string) => void;
  error?: ReactNode;
}

/** One of us. */
export function OwnerSelect({ label, value, onChange = () => undefined, error }: OwnerSelectProps) {
  const colleagues = useColleagueChoices([value]);
  return (
    <Select
      label={label}
      placeholder="Nobody yet"
      clearable
      clearButtonProps={{ 'aria-label': 'Nobody' }}
      data={colleagues}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      error={error}
    />
  );
}
