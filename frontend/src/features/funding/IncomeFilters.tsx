import { today } from '@/shared/format/date';
import { earmarkingWords, options, restrictionWords, sourceTypeWords } from '@/shared/format/words';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import classes from './funding.module.css';
import { levels, restrictions, sourceTypes, type IncomeSearch } from './search';

interface IncomeFiltersProps {
  search: IncomeSearch;
  onChange: (next: Partial<IncomeSearch>) => void;
}

export function IncomeFilters({ search, onChange }: IncomeFiltersProps) {
  const thisYear = Number(today().slice(0, 4));
  const years = Array.from({ length: 20 }, (_, i) => String(thisYear + 1 - i));
  const { year, donorId, ultimateDonorId, earmarking, restriction, sourceType } = search;
  const active = [year, donorId, ultimateDonorId, earmarking, restriction, sourceType];
  return (
    <FilterBar
      active={active.filter(Boolean).length}
      onClear={() =>
        onChange({
          year: undefined,
          donorId: undefined,
          ultimateDonorId: undefined,
          earmarking: undefined,
          restriction: undefined,
          sourceType: undefined,
        })
      }
      words={<WordsFilter label="Donor" value={search.q} onChange={(q) => onChange({ q })} />}
    >
      <SelectFilter
        label="Fiscal year"
        all="Any year"
        value={year?.toString()}
        options={years.map((one) => ({ value: one, label: one }))}
        onChange={(value) => onChange({ year: value === undefined ? undefined : Number(value) })}
      />
      <SelectFilter
        label="Earmarking"
        all="Any earmarking"
        value={earmarking}
        options={options(earmarkingWords)}
        onChange={(value) => onChange({ earmarking: levels.find((one) => one === value) })}
      />
      <SelectFilter
        label="Restriction"
        all="Any restriction"
        value={restriction}
        options={options(restrictionWords)}
        onChange={(value) => onChange({ restriction: restrictions.find((one) => one === value) })}
      />
      <SelectFilter
        label="Source type"
        all="Any source"
        value={sourceType}
        options={options(sourceTypeWords)}
        onChange={(value) => onChange({ sourceType: sourceTypes.find((one) => one === value) })}
      />
      {donorId && (
        <span className={classes.chosen}>
          paid by <StakeholderLink id={donorId} />
        </span>
      )}
      {ultimateDonorId && (
        <span className={classes.chosen}>
          money of <StakeholderLink id={ultimateDonorId} />
        </span>
      )}
    </FilterBar>
  );
}
