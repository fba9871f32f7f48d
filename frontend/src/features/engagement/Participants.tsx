import { MultiSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useColleagueChoices } from '@/shared/session/colleagues';

interface ParticipantsProps {
  value: string[];
  onChange: (ids: string[]) => void;
  error?: ReactNode;
}

/** Which of us took part. */
export function Participants(props: ParticipantsProps) {
  return (
    <MultiSelect
      size="sm"
      label="Who of us took part"
      searchable
      data={useColleagueChoices(props.value)}
      {...props}
    />
  );
}
