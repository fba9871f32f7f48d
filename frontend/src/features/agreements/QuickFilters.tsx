import { options, sourceTypeWords } from '@/shared/format/words';
import { SelectFilter } from '@/shared/list/FilterBar';
import { textOf, withCondition } from '@/shared/list/filter/conditions';
import type { Quick } from '@/shared/list/ListTools';
import { useColleagueChoices } from '@/shared/session/colleagues';
import { agreementStateWords } from './words';

export const quickOf: Quick['of'] = [
  ['state', 'is'],
  ['sourceType', 'is'],
  ['ownerId', 'is'],
];

interface QuickFiltersProps {
  where: string | undefined;
  onChange: (where: string | undefined) => void;
}

/** What agreements are narrowed by every day. */
export function QuickFilters({ where, onChange }: QuickFiltersProps) {
  const colleagues = useColleagueChoices([textOf(where, 'ownerId', 'is')]);
  const of = (field: string) => ({
    value: textOf(where, field, 'is'),
    onChange: (value: string | undefined) => onChange(withCondition(where, [field, 'is', value])),
  });
  return (
    <>
      <SelectFilter
        label="State"
        all="Any state"
        options={options(agreementStateWords)}
        {...of('state')}
      />
      <SelectFilter
        label="Source type"
        all="Any source"
        options={options(sourceTypeWords)}
        {...of('sourceType')}
      />
      <SelectFilter
        label="Looked after by"
        all="Looked after by anyone"
        options={[{ value: 'me', label: 'Looked after by me' }, ...colleagues]}
        {...of('ownerId')}
      />
    </>
  );
}
