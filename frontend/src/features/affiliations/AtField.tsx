import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Stakeholder } from '@/shared/api/types';
import { StakeholderSelect } from '@/shared/stakeholders/StakeholderSelect';
import { filedQuery } from './queries';

interface AtFieldProps {
  one: Stakeholder;
  /** The post may be anywhere, whatever the page is about. */
  anywhere: boolean;
  value?: string;
  onChange?: (id: string) => void;
  error?: ReactNode;
}

/** Where a post is: on the page of an organisation, that or one of its seats; on that of a seat, the seat. */
export function AtField({
  one,
  anywhere,
  value = '',
  onChange = () => undefined,
  error,
}: AtFieldProps) {
  const seats = useQuery({ ...filedQuery(one.id, 'seat'), enabled: one.kind === 'organisation' });
  if (!anywhere && (seats.data?.total ?? 0) > 0) {
    const choices = [one, ...(seats.data?.items ?? [])];
    return (
      <Select
        label="At"
        description="The organisation itself, or one of its seats."
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        value={value}
        onChange={(id) => onChange(id ?? one.id)}
        allowDeselect={false}
        error={error}
      />
    );
  }
  if (!anywhere) return null;
  return (
    <StakeholderSelect
      label="At"
      kinds={['organisation', 'seat']}
      required
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
