import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { options, schemeWords } from '@/shared/format/words';
import { RowsField } from './RowsField';
import type { StakeholderFormApi } from './StakeholderForm';

/** What else they are called, and the numbers that others have given them. */
export function KnownAsFields({ form }: { form: StakeholderFormApi }) {
  return (
    <Stack gap="md">
      <RowsField
        form={form}
        field="otherNames"
        title="Other names"
        one="Other name"
        add="Add a name"
        empty={{ name: '', label: '' }}
        row={(i, path) => (
          <>
            <TextInput
              aria-label={`Other name ${i + 1}`}
              {...form.getInputProps(`${path}.name`)}
              data-path={`${path}.name`}
            />
            <TextInput
              aria-label={`Label of other name ${i + 1}`}
              placeholder="acronym, Cyrillic…"
              {...form.getInputProps(`${path}.label`)}
              data-path={`${path}.label`}
            />
          </>
        )}
      />
      <RowsField
        form={form}
        field="externalIds"
        title="Numbers others have given"
        one="Number"
        add="Add a register number"
        empty={{ scheme: 'transparency-register', value: '' }}
        row={(i, path) => (
          <>
            <TextInput
              aria-label={`Number ${i + 1}`}
              {...form.getInputProps(`${path}.value`)}
              data-path={`${path}.value`}
            />
            <NativeSelect
              aria-label={`Register of number ${i + 1}`}
              data={options(schemeWords)}
              {...form.getInputProps(`${path}.scheme`)}
              data-path={`${path}.scheme`}
            />
          </>
        )}
      />
    </Stack>
  );
}
