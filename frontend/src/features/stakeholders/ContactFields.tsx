import { ActionIcon, Button, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import classes from './Form.module.css';
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
      {lists.map((list) => (
        <fieldset key={list.field} className={classes.list}>
          <legend>{list.title}</legend>
          {form.values[list.field].map((_, i) => (
            <div key={i} className={classes.listRow}>
              <TextInput
                aria-label={`${list.one} ${i + 1}`}
                type={list.type}
                {...form.getInputProps(`${list.field}.${i}.${list.part}`)}
                data-path={`${list.field}.${i}.${list.part}`}
              />
              <TextInput
                aria-label={`Label of ${list.one.toLowerCase()} ${i + 1}`}
                placeholder="work, assistant…"
                {...form.getInputProps(`${list.field}.${i}.label`)}
              />
              <ActionIcon
                size={34}
                aria-label={`Remove ${list.one.toLowerCase()} ${i + 1}`}
                onClick={() => form.removeListItem(list.field, i)}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </div>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => form.insertListItem(list.field, { ...list.empty })}
          >
            {list.add}
          </Button>
        </fieldset>
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
