import { useQuery } from '@tanstack/react-query';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { paymentStates, type BankSearch } from '../search';
import { statementsQuery } from './queries';
import classes from './bank.module.css';

const states = [
  { value: 'accepted', label: 'Booked as income' },
  { value: 'payout', label: 'Payouts of gifts' },
  { value: 'ignored', label: 'Ignored' },
  { value: 'any', label: 'All payments' },
];

interface BankFiltersProps {
  search: BankSearch;
  onChange: (next: Partial<BankSearch>) => void;
}

export function BankFilters({ search, onChange }: BankFiltersProps) {
  const statements = useQuery(statementsQuery).data?.items ?? [];
  const { q, state, statementId, donorId } = search;
  return (
    <FilterBar
      active={[state, statementId, donorId].filter(Boolean).length}
      onClear={() => onChange({ state: undefined, statementId: undefined, donorId: undefined })}
      words={
        <WordsFilter
          label="Payer, text, reference or amount"
          value={q}
          onChange={(next) => onChange({ q: next })}
        />
      }
    >
      <SelectFilter
        label="State"
        all="To be decided"
        value={state}
        options={states}
        onChange={(value) => onChange({ state: paymentStates.find((one) => one === value) })}
      />
      <SelectFilter
        label="Statement"
        all="Any statement"
        value={statementId}
        options={statements
          .filter(({ revertedAt }) => !revertedAt)
          .map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => onChange({ statementId: value })}
      />
      {donorId && (
        <span className={classes.mute}>
          income of <StakeholderLink id={donorId} />
        </span>
      )}
    </FilterBar>
  );
}
