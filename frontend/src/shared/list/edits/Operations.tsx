import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Deed, EditOperation } from '@/shared/api/types';
import { ValueEditor } from '../filter/ValueEditor';
import classes from './edits.module.css';
import { fieldOf, sayDeed } from './words';

interface OperationsProps {
  deeds: Deed[];
  words: Record<string, Record<string, string>>;
  operations: EditOperation[];
  onChange: (operations: EditOperation[]) => void;
}

/** What shall be done to each record, one after the other. */
export function Operations({ deeds, words, operations, onChange }: OperationsProps) {
  const set = (at: number, next: EditOperation) =>
    onChange(operations.map((one, i) => (i === at ? next : one)));
  return (
    <>
      {operations.map((operation, at) => {
        const deed = deeds.find((one) => one.do === operation.do);
        return (
          <div key={at} className={classes.operation} role="group" aria-label={`Change ${at + 1}`}>
            <NativeSelect
              aria-label="What to do"
              data={deeds.map((one) => ({ value: one.do, label: sayDeed(one) }))}
              value={operation.do}
              onChange={(event) => set(at, { do: event.currentTarget.value })}
            />
            <div>
              {deed?.kind && (
                <ValueEditor
                  field={fieldOf(deed)}
                  takes="one"
                  words={words[deed.field] ?? {}}
                  values={operation.value ? [operation.value] : []}
                  onChange={([value = '']) => set(at, { do: operation.do, value })}
                />
              )}
              {deed?.blank && <p className={classes.hint}>Left empty, it is cleared.</p>}
            </div>
            {operations.length > 1 && (
              <ActionIcon
                aria-label={`Remove change ${at + 1}`}
                onClick={() => onChange(operations.filter((_, i) => i !== at))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        );
      })}
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => onChange([...operations, { do: deeds[0]?.do ?? '' }])}
      >
        And another change
      </Button>
    </>
  );
}
