import { NativeSelect, SimpleGrid } from '@mantine/core';
import type { GiftImportResult } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import { giftFields, type GiftForm } from './form';

interface ColumnFieldsProps {
  plan: GiftImportResult;
  /** What is chosen already: the plan may be of the choice before. */
  chosen: GiftForm['columns'];
  onChange: (next: Partial<GiftForm>) => void;
}

/** Which column of the file says what. All others are read over. */
export function ColumnFields({ plan, chosen, onChange }: ColumnFieldsProps) {
  const columns = chosen ?? plan.columns;
  const complaint = (field: string) =>
    plan.choose.find((one) => one.field === `columns.${field}`)?.message;
  const elsewhere = plan.choose.filter(({ field }) => !field.startsWith('columns.'));
  return (
    <Section title="Columns" aside="what is not named here is read over">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        {giftFields.map(({ field, label, required = false, hint }) => (
          <NativeSelect
            key={field}
            label={label}
            required={required}
            description={hint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={[{ value: '', label: 'No column' }, ...new Set(plan.header)]}
            value={columns[field] ?? ''}
            onChange={(event) =>
              onChange({ columns: { ...columns, [field]: event.currentTarget.value } })
            }
            error={complaint(field)}
          />
        ))}
      </SimpleGrid>
      {elsewhere.map(({ message }) => (
        <p key={message} role="alert">
          {message}
        </p>
      ))}
    </Section>
  );
}
