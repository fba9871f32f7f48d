import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import classes from './pipeline.module.css';
import { colleaguesQuery, stagesQuery } from './queries';
import { stages, type PipelineSearch } from './search';

interface PipelineFiltersProps {
  search: PipelineSearch;
  onChange: (next: Partial<PipelineSearch>) => void;
}

export function PipelineFilters({ search, onChange }: PipelineFiltersProps) {
  const { stage, open, ownerId, donorId, programme, decisionFrom, decisionTo } = search;
  const colleagues = useQuery(colleaguesQuery).data?.items ?? [];
  const rules = useQuery(stagesQuery).data?.stages ?? [];
  const active = [stage, open, ownerId, donorId, programme, decisionFrom, decisionTo];
  return (
    <FilterBar
      active={active.filter(Boolean).length}
      onClear={() =>
        onChange({
          stage: undefined,
          open: undefined,
          ownerId: undefined,
          donorId: undefined,
          programme: undefined,
          decisionFrom: undefined,
          decisionTo: undefined,
        })
      }
      words={
        <WordsFilter
          label="Title, programme or words"
          value={search.q}
          onChange={(q) => onChange({ q, sort: undefined })}
        />
      }
    >
      <SelectFilter
        label="Owner"
        all="Anybody’s"
        value={ownerId}
        options={[
          { value: 'me', label: 'Mine' },
          ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => onChange({ ownerId: value })}
      />
      {search.view === 'table' && (
        <SelectFilter
          label="Stage"
          all="Any stage"
          value={stage?.[0]}
          options={rules.map((rule) => ({ value: rule.stage, label: rule.name }))}
          onChange={(value) => {
            const one = stages.find((known) => known === value);
            onChange({ stage: one && [one] });
          }}
        />
      )}
      <div className={classes.range} role="group" aria-label="Decision expected">
        Decision
        <Day
          label="Decision from"
          value={decisionFrom}
          onChange={(value) => onChange({ decisionFrom: value })}
        />
        to
        <Day
          label="Decision to"
          value={decisionTo}
          onChange={(value) => onChange({ decisionTo: value })}
        />
      </div>
      <Checkbox
        label="Open only"
        checked={open ?? false}
        onChange={(event) => onChange({ open: event.currentTarget.checked || undefined })}
      />
      {donorId && <StakeholderLink id={donorId} />}
    </FilterBar>
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
