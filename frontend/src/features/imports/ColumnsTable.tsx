import { NativeSelect, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { StakeholderImport } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { PlainTable } from '@/shared/ui/PlainTable';
import { fieldsQuery } from './queries';

interface ColumnsTableProps {
  one: StakeholderImport;
  busy: boolean;
  onField: (column: number, field: string) => void;
}

/** Every column with some of its values, what it is taken for, and how many values do not fit that. */
export function ColumnsTable({ one, busy, onField }: ColumnsTableProps) {
  const fields = useQuery(fieldsQuery).data?.items ?? [];
  const choices = [
    { value: '', label: 'Not imported' },
    ...fields.map(({ name, title }) => ({ value: name, label: title })),
  ];
  return (
    <PlainTable label="Columns" minWidth={620} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Column</Table.Th>
          <Table.Th>Values</Table.Th>
          <Table.Th>Is</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {one.columns.map((column, i) => (
          <Table.Tr key={`${column.header}-${i}`}>
            <Table.Th scope="row">{column.header}</Table.Th>
            <Table.Td c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {column.samples.join(' · ')}
            </Table.Td>
            <Table.Td>
              <NativeSelect
                aria-label={`${column.header} is`}
                value={column.field}
                data={choices}
                disabled={busy}
                onChange={(event) => onField(i, event.currentTarget.value)}
                error={
                  column.wrong > 0 &&
                  `${plural(column.wrong, 'value')} of the first 200 rows cannot be read. ${column.example ?? ''}`
                }
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
