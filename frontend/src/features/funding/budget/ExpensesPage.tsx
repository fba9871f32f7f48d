import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Expense } from '@/shared/api/types';
import { formatTotal } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { money, projectsQuery } from '../queries';
import { sorts } from '../search';
import { columnsFor, compactFor } from './expenseColumns';
import { ExpenseDialog } from './ExpenseDialog';
import { ExpenseFilters } from './ExpenseFilters';
import { fundsQuery, readExpenses } from './queries';
import { RemoveExpense } from './RemoveExpense';
import type { ExpensesSearch } from './search';

const route = getRouteApi('/house/funding/expenses');

/** What is done with an expense. */
export interface AskedExpense {
  deed: 'change' | 'remove';
  expense: Expense;
}

export function ExpensesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('finance:write');
  const [asked, setAsked] = useState<AskedExpense | 'new' | null>(null);
  const projects = useQuery(projectsQuery).data?.items;
  const funds = useQuery(fundsQuery).data?.items;
  const shown = useMemo(
    () => ({ projects: projects ?? [], funds: funds ?? [], onAsk: mayWrite ? setAsked : null }),
    [projects, funds, mayWrite],
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
  const { year, projectId, fundId, category, state, importId } = filter;
  const filtered = [year, projectId, fundId, category, state, importId].some(Boolean);

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
          {mayWrite && (
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
            <EmptyState title="No expenses yet.">
              Write them by hand or import a file of your books; what was committed and what was
              paid then stand beside the budget.
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
