import { TextInput } from '@mantine/core';
import classes from './FilterBar.module.css';
import { textOf, withCondition } from './filter/conditions';

interface DayRangeProps {
  /** What the days are of, as in "Deadline". */
  label: string;
  field: string;
  where: string | undefined;
  onChange: (where: string | undefined) => void;
}

/** From one day on and up to another, as two conditions of the list's filter. */
export function DayRange({ label, field, where, onChange }: DayRangeProps) {
  const day = (op: 'from' | 'until', name: string) => (
    <TextInput
      type="date"
      aria-label={`${label} ${name}`}
      value={textOf(where, field, op) ?? ''}
      onChange={(event) =>
        onChange(withCondition(where, [field, op, event.currentTarget.value || undefined]))
      }
    />
  );
  return (
    <div className={classes.range} role="group" aria-label={label}>
      {label} {day('from', 'from')} to {day('until', 'to')}
    </div>
  );
}
