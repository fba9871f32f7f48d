import { Chip } from '@mantine/core';
import { callStateWords } from '@/shared/format/words';
import { DayRange } from '@/shared/list/DayRange';
import { SelectFilter } from '@/shared/list/FilterBar';
import { textOf, valueOf, withCondition, type Condition } from '@/shared/list/filter/conditions';
import type { Quick } from '@/shared/list/ListTools';
import classes from './calls.module.css';
import { states } from './search';

interface QuickFiltersProps {
  where: string | undefined;
  programmes: { value: string; label: string }[];
  onChange: (where: string | undefined) => void;
}

export const quickOf: Quick['of'] = [
  ['state', 'any'],
  ['programme', 'is'],
  ['deadline', 'from'],
  ['deadline', 'until'],
];

/** What calls are narrowed by every day. */
export function QuickFilters({ where, programmes, onChange }: QuickFiltersProps) {
  const set = (condition: Condition) => onChange(withCondition(where, condition));
  return (
    <>
      <StateChips where={where} onSet={set} />
      <SelectFilter
        label="Programme"
        all="Any programme"
        value={textOf(where, 'programme', 'is')}
        options={programmes}
        onChange={(value) => set(['programme', 'is', value])}
      />
      <DayRange label="Deadline" field="deadline" where={where} onChange={onChange} />
    </>
  );
}

interface StateChipsProps {
  where: string | undefined;
  onSet: (condition: Condition) => void;
}

function StateChips({ where, onSet }: StateChipsProps) {
  const asked = [valueOf(where, 'state', 'any') ?? []].flat();
  // Without a condition the list has all of them.
  const chosen = asked.length > 0 ? states.filter((one) => asked.includes(one)) : [...states];
  return (
    <Chip.Group
      multiple
      value={chosen}
      onChange={(next) => {
        const picked = states.filter((one) => next.includes(one));
        // Without any state the list could only be empty: that means all of them.
        onSet(['state', 'any', picked.length === 0 ? [...states] : picked]);
      }}
    >
      <div className={classes.chips} role="group" aria-label="State">
        {states.map((one) => (
          <Chip key={one} value={one} size="sm" radius="sm" variant="light">
            {callStateWords[one]}
          </Chip>
        ))}
      </div>
    </Chip.Group>
  );
}
