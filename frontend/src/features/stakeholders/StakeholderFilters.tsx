import { TextInput } from '@mantine/core';
import { countries } from '@/shared/format/country';
import { kindWords, options, roleWords } from '@/shared/format/words';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { kinds, type StakeholdersSearch } from './search';

interface StakeholderFiltersProps {
  search: StakeholdersSearch;
  onChange: (next: Partial<StakeholdersSearch>) => void;
}

export function StakeholderFilters({ search, onChange }: StakeholderFiltersProps) {
  const { kind, role, country, tag } = search;
  const active = [kind, role, country, tag].filter(Boolean).length;
  return (
    <FilterBar
      active={active}
      onClear={() =>
        onChange({ kind: undefined, role: undefined, country: undefined, tag: undefined })
      }
      words={
        <WordsFilter
          label="Name, email or words"
          value={search.q}
          onChange={(q) => onChange({ q, sort: undefined })}
        />
      }
    >
      <SelectFilter
        label="Kind"
        all="Any kind"
        value={kind}
        options={options(kindWords)}
        onChange={(value) => onChange({ kind: kinds.find((one) => one === value) })}
      />
      <SelectFilter
        label="Role"
        all="Any role"
        value={role}
        options={options(roleWords)}
        onChange={(value) => onChange({ role: value })}
      />
      <SelectFilter
        label="Country"
        all="Any country"
        value={country}
        options={countries}
        onChange={(value) => onChange({ country: value })}
      />
      <TextInput
        // A tag is applied as a whole, on Enter or on leaving the field.
        key={tag ?? ''}
        aria-label="Tag"
        placeholder="Tag"
        defaultValue={tag ?? ''}
        w={130}
        onBlur={(event) => onChange({ tag: event.currentTarget.value.trim() || undefined })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </FilterBar>
  );
}
