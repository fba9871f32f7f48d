import { Stack, TextInput } from '@mantine/core';
import { RowsField } from './RowsField';
import type { StakeholderFormApi } from './StakeholderForm';

const lists = [
  {
    field: 'emails',
    part: 'address',
    title: 'Email addresses',
    one: 'Email address',
    add: 'Add an address',
    type: 'email',
    empty: { address: '', label: '' },
  },
  {
    field: 'phones',
    part: 'number',
    title: 'Phone numbers',
    one: 'Phone number',
    add: 'Add a number',
    type: 'tel',
    empty: { number: '', label: '' },
  },
] as const;

/** How to reach them. Mail is linked to them by these addresses. */
export function ContactFields({ form }: { form: StakeholderFormApi }) {
  return (
    <Stack gap="md">
      {lists.map(({ part, type, ...list }) => (
        <RowsField
          key={list.field}
          form={form}
          {...list}
          row={(i, path) => (
            <>
              <TextInput
                aria-label={`${list.one} ${i + 1}`}
                type={type}
                {...form.getInputProps(`${path}.${part}`)}
                data-path={`${path}.${part}`}
              />
              <TextInput
                aria-label={`Label of ${list.one.toLowerCase()} ${i + 1}`}
                placeholder="work, assistant…"
                {...form.getInputProps(`${path}.label`)}
              />
            </>
          )}
        />
      ))}
      <TextInput
        label="Website"
        type="url"
        maw={420}
        placeholder="https://"
        {...form.getInputProps('website')}
        data-path="website"
      />
    </Stack>
  );
}
