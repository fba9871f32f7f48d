import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { all } from './queries';

interface RenewalSelectProps {
  except: string | undefined;
  value?: string;
  onChange?: (id: string) => void;
}

/** The agreement that this one carries on. */
export function RenewalSelect({ except, value, onChange = () => undefined }: RenewalSelectProps) {
  const agreements = useQuery({
    queryKey: [...all, 'titles'],
    queryFn: ({ signal }) =>
      data(api.GET('/agreements', { params: { query: { limit: 500, sort: '-to' } }, signal })),
  });
  return (
    <Select
      label="Renews"
      placeholder="Nothing"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Renews nothing' }}
      data={(agreements.data?.items ?? [])
        .filter(({ id }) => id !== except)
        .map(({ id, title, number }) => ({
          value: id,
          label: [title, number].filter(Boolean).join(', '),
        }))}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
