import {
  Chip,
  Input,
  NativeSelect,
  SegmentedControl,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { countries } from '@/shared/format/country';
import { kindWords, options, roleWords } from '@/shared/format/words';
import classes from './Form.module.css';
import { ParentPicker } from './ParentPicker';
import { kinds } from './search';
import type { StakeholderFormApi } from './StakeholderForm';

interface IdentityFieldsProps {
  form: StakeholderFormApi;
  id?: string;
}

/** Who they are, and what they are to us. */
export function IdentityFields({ form, id }: IdentityFieldsProps) {
  return (
    <Stack gap="md">
      <div>
        <Input.Label id="kind">Kind</Input.Label>
        <div>
          <SegmentedControl
            aria-labelledby="kind"
            data={options(kindWords)}
            value={form.values.kind}
            onChange={(value) =>
              form.setFieldValue('kind', kinds.find((one) => one === value) ?? 'person')
            }
          />
        </div>
      </div>
      <TextInput label="Name" required {...form.getInputProps('name')} data-path="name" />
      <div>
        <Input.Label id="roles">Roles</Input.Label>
        <Chip.Group
          multiple
          value={form.values.roles}
          onChange={(roles) => form.setFieldValue('roles', roles)}
        >
          <div className={classes.chips} role="group" aria-labelledby="roles">
            {options(roleWords).map((role) => (
              <Chip key={role.value} value={role.value} size="sm" radius="sm" variant="light">
                {role.label}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        {form.errors['roles'] && <Input.Error mt={4}>{form.errors['roles']}</Input.Error>}
      </div>
      <div className={classes.pair}>
        <NativeSelect
          label="Country"
          {...form.getInputProps('country')}
          data-path="country"
          data={[{ value: '', label: '–' }, ...countries]}
        />
        <ParentPicker
          value={form.values.parentId}
          onChange={(parentId) => form.setFieldValue('parentId', parentId)}
          error={form.errors['parentId']}
          required={form.values.kind === 'seat'}
          {...(id && { except: id })}
        />
      </div>
      <TagsInput
        label="Tags"
        description="Your own words. Enter or a comma ends one."
        splitChars={[',', ';']}
        {...form.getInputProps('tags')}
        data-path="tags"
      />
    </Stack>
  );
}
