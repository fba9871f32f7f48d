import { useQuery } from '@tanstack/react-query';
import { options, sourceTypeWords } from '@/shared/format/words';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { colleaguesQuery } from './queries';
import { sourceTypes, states, type AgreementsSearch } from './search';
import { agreementStateWords } from './words';
import classes from './agreements.module.css';

interface AgreementFiltersProps {
  search: AgreementsSearch;
  onChange: (next: Partial<AgreementsSearch>) => void;
}

export function AgreementFilters({ search, onChange }: AgreementFiltersProps) {
  const colleagues = useQuery(colleaguesQuery).data?.items ?? [];
  const { q, state, sourceType, ownerId, donorId, ultimateDonorId } = search;
  return (
    <FilterBar
      active={[state, sourceType, ownerId, donorId, ultimateDonorId].filter(Boolean).length}
      onClear={() =>
        onChange({
          state: undefined,
          sourceType: undefined,
          ownerId: undefined,
          donorId: undefined,
          ultimateDonorId: undefined,
        })
      }
      words={
        <WordsFilter
          label="Title, number or programme"
          value={q}
          onChange={(next) => onChange({ q: next })}
        />
      }
    >
      <SelectFilter
        label="State"
        all="Any state"
        value={state}
        options={options(agreementStateWords)}
        onChange={(value) => onChange({ state: states.find((one) => one === value) })}
      />
      <SelectFilter
        label="Source type"
        all="Any source"
        value={sourceType}
        options={options(sourceTypeWords)}
        onChange={(value) => onChange({ sourceType: sourceTypes.find((one) => one === value) })}
      />
      <SelectFilter
        label="Looked after by"
        all="Looked after by anyone"
        value={ownerId}
        options={[
          { value: 'me', label: 'Looked after by me' },
          ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => onChange({ ownerId: value })}
      />
      {donorId && (
        <span className={classes.mute}>
          paid by <StakeholderLink id={donorId} />
        </span>
      )}
      {ultimateDonorId && (
        <span className={classes.mute}>
          money of <StakeholderLink id={ultimateDonorId} />
        </span>
      )}
    </FilterBar>
  );
}
