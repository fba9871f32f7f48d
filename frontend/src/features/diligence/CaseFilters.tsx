import { Chip, Group } from '@mantine/core';
import { options } from '@/shared/format/words';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { outcomes, states, type CasesSearch } from './search';
import { decidedWords, stateWords } from './words';

interface CaseFiltersProps {
  search: CasesSearch;
  onChange: (next: Partial<CasesSearch>) => void;
}

export function CaseFilters({ search, onChange }: CaseFiltersProps) {
  const { q, state, outcome, runsOut, waiting } = search;
  return (
    <FilterBar
      active={[state, outcome, runsOut, waiting].filter(Boolean).length}
      onClear={() =>
        onChange({ state: undefined, outcome: undefined, runsOut: undefined, waiting: undefined })
      }
      words={
        <WordsFilter label="Donor or notes" value={q} onChange={(next) => onChange({ q: next })} />
      }
    >
      <SelectFilter
        label="State"
        all="Any state"
        value={state}
        options={options(stateWords)}
        onChange={(value) => onChange({ state: states.find((one) => one === value) })}
      />
      <SelectFilter
        label="Outcome"
        all="Any outcome"
        value={outcome}
        options={options(decidedWords)}
        onChange={(value) => onChange({ outcome: outcomes.find((one) => one === value) })}
      />
      <Group gap={8}>
        <Chip
          size="sm"
          checked={runsOut ?? false}
          onChange={(on) => onChange({ runsOut: on || undefined })}
        >
          Runs out within 60 days
        </Chip>
        <Chip
          size="sm"
          checked={waiting ?? false}
          onChange={(on) => onChange({ waiting: on || undefined })}
        >
          Waits for a second person
        </Chip>
      </Group>
    </FilterBar>
  );
}
