import { Checkbox } from '@mantine/core';
import { DayRange } from '@/shared/list/DayRange';
import { SelectFilter } from '@/shared/list/FilterBar';
import { textOf, valueOf, withCondition, type Condition } from '@/shared/list/filter/conditions';
import type { Quick } from '@/shared/list/ListTools';
import { useColleagueChoices } from '@/shared/session/colleagues';

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
  const owner = textOf(where, 'ownerId', 'is');
  const colleagues = useColleagueChoices([owner]);
  const set = (condition: Condition) => onChange(withCondition(where, condition));
  return (
    <>
      <SelectFilter
        label="Owner"
        all="Anybody’s"
        value={owner}
        options={[{ value: 'me', label: 'Mine' }, ...colleagues]}
        onChange={(value) => set(['ownerId', 'is', value])}
      />
      <DayRange label="Decision" field="decision" where={where} onChange={onChange} />
      <Checkbox
        label="Open only"
        checked={valueOf(where, 'open', 'is') === true}
        onChange={(event) => set(['open', 'is', event.currentTarget.checked || undefined])}
      />
    </>
  );
}
