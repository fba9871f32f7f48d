import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { options } from '@/shared/format/words';
import { FilterBar, SelectFilter } from '@/shared/list/FilterBar';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { useColleagueChoices } from '@/shared/session/colleagues';
import { obligationsQuery } from './queries';
import { obligationKinds, type ObligationsSearch } from './search';
import { obligationKindWords } from './words';
import classes from './agreements.module.css';

interface ObligationFiltersProps {
  search: ObligationsSearch;
  onChange: (next: Partial<ObligationsSearch>) => void;
}

export function ObligationFilters({ search, onChange }: ObligationFiltersProps) {
  const { kind, ownerId, donorId, done } = search;
  const colleagues = useColleagueChoices([ownerId]);
  const donors = useQuery(obligationsQuery({ done: true })).data?.items ?? [];
  const names = new Map(donors.map((one) => [one.donorId, one.donorName]));
  return (
    <FilterBar
      active={[kind, ownerId, donorId, done].filter(Boolean).length}
      onClear={() =>
        onChange({ kind: undefined, ownerId: undefined, donorId: undefined, done: undefined })
      }
    >
      <SelectFilter
        label="Kind"
        all="Everything"
        value={kind}
        options={options(obligationKindWords)}
        onChange={(value) => onChange({ kind: obligationKinds.find((one) => one === value) })}
      />
      <SelectFilter
        label="Owner"
        all="Anyone’s"
        value={ownerId}
        options={[{ value: 'me', label: 'Mine' }, ...colleagues]}
        onChange={(value) => onChange({ ownerId: value })}
      />
      <SelectFilter
        label="Donor"
        all="Any donor"
        value={donorId}
        options={[...names]
          .map(([value, label]) => ({ value, label }))
          .sort((a, b) => a.label.localeCompare(b.label))}
        onChange={(value) => onChange({ donorId: value })}
      />
      {donorId && !names.has(donorId) && (
        <span className={classes.mute}>
          of <StakeholderLink id={donorId} />
        </span>
      )}
      <Checkbox
        label="What is done, too"
        checked={done ?? false}
        onChange={(event) => onChange({ done: event.currentTarget.checked || undefined })}
      />
    </FilterBar>
  );
}
