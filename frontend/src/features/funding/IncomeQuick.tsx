import { today } from '@/shared/format/date';
import { earmarkingWords, options, sourceTypeWords } from '@/shared/format/words';
import { SelectFilter } from '@/shared/list/FilterBar';
import { textOf, withCondition } from '@/shared/list/filter/conditions';
import type { Quick } from '@/shared/list/ListTools';

export const quickOf: Quick['of'] = [
  ['year', 'is'],
  ['earmarking', 'is'],
  ['sourceType', 'is'],
];

interface IncomeQuickProps {
  where: string | undefined;
  onChange: (where: string | undefined) => void;
}

/** What income is narrowed by every day. */
export function IncomeQuick({ where, onChange }: IncomeQuickProps) {
  const thisYear = Number(today().slice(0, 4));
  const years = Array.from({ length: 20 }, (_, i) => String(thisYear + 1 - i));
  const value = (field: string) => textOf(where, field, 'is');
  const set = (field: string, next: string | number | undefined) =>
    onChange(withCondition(where, [field, 'is', next]));
  return (
    <>
      <SelectFilter
        label="Fiscal year"
        all="Any year"
        value={value('year')}
        options={years.map((one) => ({ value: one, label: one }))}
        onChange={(year) => set('year', year === undefined ? undefined : Number(year))}
      />
      <SelectFilter
        label="Earmarking"
        all="Any earmarking"
        value={value('earmarking')}
        options={options(earmarkingWords)}
        onChange={(next) => set('earmarking', next)}
      />
      <SelectFilter
        label="Source type"
        all="Any source"
        value={value('sourceType')}
        options={options(sourceTypeWords)}
        onChange={(next) => set('sourceType', next)}
      />
    </>
  );
}
