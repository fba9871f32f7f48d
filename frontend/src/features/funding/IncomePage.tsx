import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { formatTotal } from '@/shared/format/number';
import { earmarkingWords, restrictionWords, sourceTypeWords } from '@/shared/format/words';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useKeysetList } from '@/shared/list/keyset';
import { ListTools } from '@/shared/list/ListTools';
import { moved, type ListState } from '@/shared/list/views/state';
import { ViewBar } from '@/shared/list/views/ViewBar';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { columnsOf, shownKeys } from '@/shared/table/columns';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { IncomeActions } from './IncomeActions';
import { columnsFor, compactFor, deedsColumn, ownColumns } from './incomeColumns';
import { IncomeQuick, quickOf } from './IncomeQuick';
import type { Beginning } from './ledger/beginnings';
import { BooksDialog } from './ledger/BooksDialog';
import { DeedDialog } from './ledger/DeedDialog';
import type { AskedDeed } from './ledger/deeds';
import { LineDialog } from './ledger/LineDialog';
import { money, readIncome } from './queries';
import { sorts, type IncomeSearch } from './search';

const route = getRouteApi('/house/funding/income');

const words = {
  earmarking: earmarkingWords,
  restriction: restrictionWords,
  sourceType: sourceTypeWords,
};

export function IncomePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('finance:write');
  const [asked, setAsked] = useState<AskedDeed | Beginning | 'books' | null>(null);
  const compact = useMemo(() => compactFor(mayWrite ? setAsked : null), [mayWrite]);
  const close = () => setAsked(null);
  const { q, where, sort, rows } = search;
  const query = { q, where, sort: sort ?? ('-date' as const) };
  const columns = columnsFor(useCurrency());
  const shown = shownKeys(columns, ownColumns, search.columns);
  const table = columnsOf(columns, shown, search.columns !== undefined);
  const list = useKeysetList(
    [...money, 'income', query],
    (page, signal) => readIncome(query, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<IncomeSearch>) =>
    void navigate({ search: (old) => moved(old, next), replace: true });
  const open = ({ sort, ...state }: ListState) =>
    void navigate({ search: { ...state, sort: sorts.find((one) => one === sort) } });

  return (
    <Page
      title="Income"
      aside={
        !list.isPending && `${formatTotal(list.total, list.totalIsFloor)} lines, cash received`
      }
      actions={<IncomeActions query={{ ...query, columns: shown.join(',') }} onAsk={setAsked} />}
    >
      <FundingNav />
      <ViewBar list="income" own="All income" state={search} onOpen={open} />
      <ListTools
        list="income"
        label="Donor"
        words={words}
        quick={{
          of: quickOf,
          controls: <IncomeQuick where={where} onChange={(where) => change({ where })} />,
        }}
        {...{ search, columns, shown }}
        onChange={change}
      />
      <RecordTable
        label="Income lines"
        columns={mayWrite ? [...table, deedsColumn(setAsked)] : table}
        compact={compact}
        list={list}
        rowKey={(line) => line.id}
        sort={query.sort}
        onSort={(sort) => change({ sort: sorts.find((one) => one === sort) })}
        onDeeper={(deeper) =>
          void navigate({
            search: (old) => ({ ...old, rows: deeper }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={<NothingFound filtered={Boolean(q ?? where)} />}
      />
      {asked === 'books' && <BooksDialog onClose={close} />}
      {typeof asked === 'object' && asked && <DeedDialog asked={asked} onClose={close} />}
      {typeof asked === 'string' && asked !== 'books' && <LineDialog of={asked} onClose={close} />}
    </Page>
  );
}

function NothingFound({ filtered }: { filtered: boolean }) {
  const mayWrite = useMay('finance:write');
  if (!filtered) {
    return (
      <EmptyState
        title="No income yet."
        action={mayWrite && <ButtonLink to="/funding/import">Import income</ButtonLink>}
      >
        Income comes in as CSV or XLSX files, with a preview before anything is saved.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No income line matches these filters."
      action={
        <ButtonLink to="/funding/income" search={{ view: 'all' }} variant="default">
          Clear the filters
        </ButtonLink>
      }
    />
  );
}
