import { Checkbox, Group, Input } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './webhooks.module.css';
import { eventParts, nounWords } from './words';

interface EventPickerProps {
  /** Every event there is, "noun.what". */
  events: string[];
  value: string[];
  onChange: (events: string[]) => void;
  error?: ReactNode;
}

/** Which events a webhook is told of: one line for each kind of record. */
export function EventPicker({ events, value, onChange, error }: EventPickerProps) {
  const nouns = [...new Set(events.map((event) => eventParts(event).noun))];
  const set = (some: string[], on: boolean) =>
    onChange(events.filter((event) => (some.includes(event) ? on : value.includes(event))));
  return (
    <Input.Wrapper label="Events" required error={error} labelElement="div">
      {nouns.map((noun) => {
        const own = events.filter((event) => eventParts(event).noun === noun);
        const chosen = own.filter((event) => value.includes(event));
        return (
          <fieldset key={noun} className={classes.noun}>
            <legend className="visually-hidden">{nounWords(noun)}</legend>
            <Checkbox
              label={nounWords(noun)}
              fw={500}
              checked={chosen.length === own.length}
              indeterminate={chosen.length > 0 && chosen.length < own.length}
              onChange={(event) => set(own, event.currentTarget.checked)}
            />
            <Group gap="md" className={classes.whats}>
              {own.map((event) => (
                <Checkbox
                  key={event}
                  size="xs"
                  label={eventParts(event).what}
                  checked={value.includes(event)}
                  onChange={(change) => set([event], change.currentTarget.checked)}
                />
              ))}
            </Group>
          </fieldset>
        );
      })}
    </Input.Wrapper>
  );
}
