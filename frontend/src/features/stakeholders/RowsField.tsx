import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Form.module.css';
import type { FormValues } from './fields';
import type { StakeholderFormApi } from './StakeholderForm';

type Listed = 'emails' | 'phones' | 'otherNames' | 'externalIds';

interface RowsFieldProps {
  form: StakeholderFormApi;
  field: Listed;
  title: string;
  /** What one row is called, for those who hear the form. */
  one: string;
  add: string;
  empty: FormValues[Listed][number];
  /** The two inputs of a row. */
  row: (i: number, path: string) => ReactNode;
}

/** A list of things of two parts each, of which there may be any number. */
export function RowsField({ form, field, title, one, add, empty, row }: RowsFieldProps) {
  return (
    <fieldset className={classes.list}>
      <legend>{title}</legend>
      {form.values[field].map((_, i) => (
        <div key={i} className={classes.listRow}>
          {row(i, `${field}.${i}`)}
          <ActionIcon
            size={34}
            aria-label={`Remove ${one.toLowerCase()} ${i + 1}`}
            onClick={() => form.removeListItem(field, i)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => form.insertListItem(field, { ...empty })}
      >
        {add}
      </Button>
    </fieldset>
  );
}
