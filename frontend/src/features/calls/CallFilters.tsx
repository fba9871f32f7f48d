import { Chip, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { callStateWords } from '@/shared/format/words';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import classes from './calls.module.css';
import { facetsQuery } from './queries';
import { currentStates, states, type CallsSearch } from './search';

interface CallFiltersProps {
  search: CallsSearch;
  onChange: (next: Partial<CallsSearch>) => void;
}

export function CallFilters({ search, onChange }: CallFiltersProps) {
  const facets = useQuery(facetsQuery);
  const programmes = (facets.data?.programmes ?? []).map((one) => ({
    value: one.value,
    label: `${one.label} (${one.count})`,
  }));
  const { programme, deadline_after, deadline_before, changed_after, state } = search;
  const active = [programme, deadline_after, deadline_before, changed_after, state].filter(Boolean);
  return (
    <FilterBar
      active={active.length}
      onClear={() =>
        onChange({
          programme: undefined,
          deadline_after: undefined,
          deadline_before: undefined,
          changed_after: undefined,
          state: undefined,
        })
      }
      words={
        <WordsFilter
          label="Title, identifier or words"
          value={search.q}
          onChange={(q) => onChange({ q, sort: undefined })}
        />
      }
    >
      <StateChips search={search} onChange={onChange} />
      <SelectFilter
        label="Programme"
        all="Any programme"
        value={programme}
        options={programmes}
        onChange={(value) => onChange({ programme: value })}
      />
      <div className={classes.range} role="group" aria-label="Deadline">
        Deadline
        <DateFilter
          label="Deadline from"
          value={deadline_after}
          onChange={(value) => onChange({ deadline_after: value })}
        />
        to
        <DateFilter
          label="Deadline to"
          value={deadline_before}
          onChange={(value) => onChange({ deadline_before: value })}
        />
      </div>
      <div className={classes.range}>
        Changed since
        <DateFilter
          label="Changed since"
          value={changed_after}
          onChange={(value) => onChange({ changed_after: value })}
        />
      </div>
    </FilterBar>
  );
}

function StateChips({ search, onChange }: CallFiltersProps) {
  const chosen = search.state ?? currentStates;
  return (
    <Chip.Group
      multiple
      value={chosen}
      onChange={(next) => {
        const picked = states.filter((one) => next.includes(one));
        // Without any state the list could only be empty: that means all of them.
        const wanted = picked.length === 0 ? [...states] : picked;
        const usual = wanted.length === 2 && currentStates.every((one) => wanted.includes(one));
        onChange({ state: usual ? undefined : wanted });
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

interface DateFilterProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function DateFilter({ label, value, onChange }: DateFilterProps) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
