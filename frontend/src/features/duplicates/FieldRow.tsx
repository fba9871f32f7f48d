import { Radio } from '@mantine/core';
import type { Choice, FieldChoice } from '@/shared/api/types';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import classes from './duplicates.module.css';
import { nameOf, pieces } from './words';

interface FieldRowProps {
  field: FieldChoice;
  chosen: Choice;
  onChoose: (choice: Choice) => void;
}

/** One field in which the two differ, with a choice beside each value. */
export function FieldRow({ field, chosen, onChoose }: FieldRowProps) {
  const choice = (value: Choice, label: React.ReactNode) => (
    <Radio
      name={field.field}
      value={value}
      checked={chosen === value}
      onChange={() => onChoose(value)}
      label={label}
    />
  );
  return (
    <fieldset className={classes.field}>
      <legend>{nameOf(field.field)}</legend>
      <div className={classes.choices}>
        {choice('survivor', <Value field={field.field} value={field.survivor} />)}
        {choice('loser', <Value field={field.field} value={field.loser} />)}
        {field.list && choice('both', 'Both')}
      </div>
    </fieldset>
  );
}

function Value({ field, value }: { field: string; value: unknown }) {
  const shown = pieces(value);
  if (shown.length === 0) return <span className={classes.mute}>Nothing</span>;
  if (field.endsWith('Id') && typeof value === 'string') return <StakeholderLink id={value} />;
  return (
    <span className={classes.values}>
      {shown.map((one, i) => (
        <span key={i}>{one}</span>
      ))}
    </span>
  );
}
