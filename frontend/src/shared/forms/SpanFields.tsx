import { SimpleGrid, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';

interface SpanFieldsProps {
  props: (field: 'from' | 'to') => GetInputPropsReturnType;
  toLabel?: string;
}

/** From when to when something holds, each to the day, the month or only the year. */
export function SpanFields({ props, toLabel = 'Until' }: SpanFieldsProps) {
  return (
    <SimpleGrid cols={2} spacing="sm">
      <TextInput label="From" placeholder="2024, 2024-09 or 2024-09-16" {...props('from')} />
      <TextInput label={toLabel} placeholder="Empty while it goes on" {...props('to')} />
    </SimpleGrid>
  );
}
