import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Expense, Fund, Project } from '@/shared/api/types';
import { formatTotal } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { money } from '../queries';
import { sorts } from '../search';
import { columnsFor, compactFor } from './expenseColumns';
import { ExpenseDialog } from './ExpenseDialog';
import { ExpenseFilters } from './ExpenseFilters';
import { readExpenses, usePlaces } from './queries';
import { RemoveExpense } from './RemoveExpense';
import type { ExpensesSearch } from './search';

const route = getRouteApi('/house/funding/expenses');

/** What is done with an expense. */
export interface AskedExpense {
  deed: 'change' | 'remove';
  expense: Expense;
}

export function ExpensesPage() {
  return (
    <Ready query={usePlaces()} loading={<LoadingRows rows={10} />}>
      {(places) => <Expenses {...places} />}
    </Ready>
  );
}

function Expenses({ projects, funds }: { projects: Project[]; funds: Fund[] }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('finance:write');
  const currency = useCurrency();
  const [asked, setAsked] = useState<AskedExpense | 'new' | null>(null);
  const shown = useMemo(
    () => ({ projects, funds, currency, onAsk: mayWrite ? setAsked : null }),
    [projects, funds, currency, mayWrite],
  );
  const columns = useMemo(() => columnsFor(shown), [shown]);
  const compact = useMemo(() => compactFor(shown), [shown]);
  const close = () => setAsked(null);
  const { rows, ...filter } = search;
  const query = { ...filter, sort: filter.sort ?? ('-date' as const) };
  const list = useKeysetList(
    [...money, 'expenses', query],
    (page, signal) => readExpenses(query, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<ExpensesSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
  const { year, projectId, fundId, noFund, category, state, importId } = filter;
  const filtered = [year, projectId, fundId, noFund, category, state, importId].some(Boolean);
  const mayAdd = mayWrite && projects.length > 0;

  return (
    <Page
      title="Expenses"
      aside={!list.isPending && `${formatTotal(list.total, list.totalIsFloor)} lines`}
      back={
        <TextLink to="/funding/budget" search={{ year }}>
          <BackLabel>Budget</BackLabel>
        </TextLink>
      }
      actions={
        <>
          <ExportButton path="/expenses.csv" query={query} />
          {mayAdd && (
            <>
              <ButtonLink to="/funding/expenses/import" variant="default">
                Import
              </ButtonLink>
              <Button
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => setAsked('new')}
              >
                New expense
              </Button>
            </>
          )}
        </>
      }
    >
      <ExpenseFilters search={search} onChange={change} {...shown} />
      <RecordTable
        label="Expenses"
        columns={columns}
        compact={compact}
        list={list}
        rowKey={(one) => one.id}
        sort={query.sort}
        onSort={(sort) => change({ sort: sorts.find((one) => one === sort) })}
        onDeeper={(deeper) =>
          void navigate({
            search: (old) => ({ ...old, rows: deeper }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={
          filtered ? (
            <EmptyState
              title="No expense matches these filters."
              action={
                <ButtonLink to="/funding/expenses" variant="default">
                  Clear the filters
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState
              title="No expenses yet."
              action={
                mayWrite &&
                (mayAdd ? (
                  <ButtonLink to="/funding/expenses/import">Import expenses</ButtonLink>
                ) : (
                  <ButtonLink to="/funding/projects">Add projects</ButtonLink>
                ))
              }
            >
              What was committed and what was paid stand beside the budget, project by project.
            </EmptyState>
          )
        }
      />
      {asked === 'new' && <ExpenseDialog expense={null} onClose={close} {...shown} />}
      {typeof asked === 'object' && asked?.deed === 'change' && (
        <ExpenseDialog expense={asked.expense} onClose={close} {...shown} />
      )}
      {typeof asked === 'object' && asked?.deed === 'remove' && (
        <RemoveExpense expense={asked.expense} onClose={close} />
      )}
    </Page>
  );
}
