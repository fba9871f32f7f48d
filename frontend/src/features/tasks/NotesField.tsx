import { Input } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { Minutes } from '@/shared/minutes/Minutes';
import { MinutesField } from '@/shared/minutes/MinutesField';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { useMay } from '@/shared/session/session';
import type { TaskValues } from './values';

interface NotesFieldProps {
  form: UseFormReturnType<TaskValues>;
  authorId: string;
}

/** The notes of a task: as they are read, and to be written by whoever may. */
export function NotesField({ form, authorId }: NotesFieldProps) {
  const { notes, ownerId, private: isPrivate } = form.values;
  const colleagues = useQuery(colleaguesQuery).data ?? new Map<string, string>();
  if (useMay('engagement:write')) {
    return (
      <MinutesField
        label="Notes"
        readFirst
        readers={isPrivate ? [authorId, ownerId] : undefined}
        minRows={3}
        maxRows={12}
        {...form.getInputProps('notes')}
      />
    );
  }
  return (
    notes && (
      <Input.Wrapper label="Notes" labelElement="div" size="sm">
        <Minutes text={notes} mentions={[...colleagues.values()]} />
      </Input.Wrapper>
    )
  );
}
