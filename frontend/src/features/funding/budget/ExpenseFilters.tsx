import type { Fund, Project } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { FilterBar, SelectFilter } from '@/shared/list/FilterBar';
import classes from '../funding.module.css';
import { expenseStates, type ExpensesSearch } from './search';

interface ExpenseFiltersProps {
  search: ExpensesSearch;
  onChange: (next: Partial<ExpensesSearch>) => void;
  projects: Project[];
  funds: Fund[];
}

/** Stands for no fund among the funds. */
const NONE = 'none';

const named = (list: { id: string; name: string }[]) =>
  list.map(({ id, name }) => ({ value: id, label: name }));

export function ExpenseFilters({ search, onChange, projects, funds }: ExpenseFiltersProps) {
  const { year, projectId, fundId, noFund, category, state, importId } = search;
  const years = Array.from({ length: 10 }, (_, i) => String(Number(today().slice(0, 4)) - i));
  return (
    <FilterBar
      active={[year, projectId, fundId, noFund, category, state, importId].filter(Boolean).length}
      onClear={() =>
        onChange({
          year: undefined,
          projectId: undefined,
          fundId: undefined,
          noFund: undefined,
          category: undefined,
          state: undefined,
          importId: undefined,
        })
      }
    >
      <SelectFilter
        label="Fiscal year"
        all="Any year"
        value={year?.toString()}
        options={years.map((one) => ({ value: one, label: one }))}
        onChange={(value) => onChange({ year: value === undefined ? undefined : Number(value) })}
      />
      <SelectFilter
        label="Project"
        all="Any project"
        value={projectId}
        options={named(projects)}
        onChange={(value) => onChange({ projectId: value })}
      />
      <SelectFilter
        label="Fund"
        all="Any fund"
        value={noFund ? NONE : fundId}
        options={[...named(funds), { value: NONE, label: 'No fund' }]}
        onChange={(value) =>
          onChange(
            value === NONE
              ? { fundId: undefined, noFund: true }
              : { fundId: value, noFund: undefined },
          )
        }
      />
      <SelectFilter
        label="State"
        all="Paid and committed"
        value={state}
        options={[
          { value: 'realised', label: 'Paid' },
          { value: 'committed', label: 'Committed' },
        ]}
        onChange={(value) => onChange({ state: expenseStates.find((one) => one === value) })}
      />
      {category && <span className={classes.chosen}>of category {category}</span>}
      {importId && <span className={classes.chosen}>of one import</span>}
    </FilterBar>
  );
}
