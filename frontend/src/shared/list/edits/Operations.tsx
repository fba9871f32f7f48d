import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Deed, EditOperation } from '@/shared/api/types';
import { ValueEditor } from '../filter/ValueEditor';
import type { Words } from './bulkList';
import classes from './edits.module.css';
import { fieldOf, sayDeed } from './words';

interface OperationsProps {
  deeds: Deed[];
  words: Words;
  operations: EditOperation[];
  onChange: (operations: EditOperation[]) => void;
}

/** What shall be done to each record, one after the other. */
export function Operations({ deeds, words, operations, onChange }: OperationsProps) {
  const set = (at: number, next: EditOperation) =>
    onChange(operations.map((one, i) => (i === at ? next : one)));
  // What is not chosen yet is the likelier next one.
  const unused = deeds.find((one) => !operations.some((op) => op.do === one.do));
  const next = { do: (unused ?? deeds[0])?.do ?? '' };
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
                  assigning
                  words={words[deed.field] ?? {}}
                  values={operation.value ? [operation.value] : []}
                  onChange={([value = '']) => set(at, { do: operation.do, value })}
                />
              )}
              {deed?.blank && <p className={classes.hint}>Left empty, it is cleared.</p>}
              {deed?.note && <p className={classes.hint}>{deed.note}</p>}
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
      {deeds.length > 1 && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange([...operations, next])}>
          And another change
        </Button>
      )}
    </>
  );
}
