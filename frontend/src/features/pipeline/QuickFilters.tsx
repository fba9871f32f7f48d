import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { SelectFilter } from '@/shared/list/FilterBar';
import { textOf, valueOf, withCondition, type Condition } from '@/shared/list/filter/conditions';
import type { Quick } from '@/shared/list/ListTools';
import { presentColleaguesQuery } from '@/shared/session/colleagues';
import classes from './pipeline.module.css';

/** The conditions that the controls say; that something is no longer open is said beside them. */
export function saidByControls(where: string | undefined): Quick['of'] {
  const said: Quick['of'] = [
    ['ownerId', 'is'],
    ['decision', 'from'],
    ['decision', 'until'],
  ];
  return valueOf(where, 'open', 'is') === true ? [...said, ['open', 'is']] : said;
}

interface QuickFiltersProps {
  where: string | undefined;
  onChange: (where: string | undefined) => void;
}

/** What opportunities are narrowed by every day, on the board as in the table. */
export function QuickFilters({ where, onChange }: QuickFiltersProps) {
  const colleagues = useQuery(presentColleaguesQuery).data ?? [];
  const set = (condition: Condition) => onChange(withCondition(where, condition));
  return (
    <>
      <SelectFilter
        label="Owner"
        all="Anybody’s"
        value={textOf(where, 'ownerId', 'is')}
        options={[
          { value: 'me', label: 'Mine' },
          ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => set(['ownerId', 'is', value])}
      />
      <div className={classes.range} role="group" aria-label="Decision expected">
        Decision
        <Day
          label="Decision from"
          value={textOf(where, 'decision', 'from')}
          onChange={(value) => set(['decision', 'from', value])}
        />
        to
        <Day
          label="Decision to"
          value={textOf(where, 'decision', 'until')}
          onChange={(value) => set(['decision', 'until', value])}
        />
      </div>
      <Checkbox
        label="Open only"
        checked={valueOf(where, 'open', 'is') === true}
        onChange={(event) => set(['open', 'is', event.currentTarget.checked || undefined])}
      />
    </>
  );
}

interface DayProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
