import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatTotal } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { HistoryLink } from '@/shared/list/edits/HistoryLink';
import { SelectedEdits } from '@/shared/list/edits/SelectedEdits';
import { useKeysetList } from '@/shared/list/keyset';
import { ListTools } from '@/shared/list/ListTools';
import { moved, type ListState } from '@/shared/list/views/state';
import { ViewBar } from '@/shared/list/views/ViewBar';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { columnsOf, shownKeys } from '@/shared/table/columns';
import { ExportMenu } from '@/shared/table/ExportMenu';
import { RecordTable } from '@/shared/table/RecordTable';
import { useSelection } from '@/shared/table/selection';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { agreementBulk } from './bulk';
import { columnsFor, compactRow, ownColumns } from './columns';
import { all, readAgreements } from './queries';
import { QuickFilters, quickOf } from './QuickFilters';
import { sorts, type AgreementsSearch } from './search';
import { valueWords } from './words';

const route = getRouteApi('/house/funding/agreements');

export function AgreementListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('funding:write');
  const mayReadAmounts = useMay('amounts:read');
  const { q, where, sort, rows } = search;
  const asked = { q, where, sort: sort ?? (q ? undefined : ('-to' as const)) };
  const columns = columnsFor(mayReadAmounts, useCurrency());
  const shown = shownKeys(columns, ownColumns, search.columns);
  const list = useKeysetList(
    [...all, 'list', asked],
    (page, signal) => readAgreements(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const selection = useSelection(list.rows, JSON.stringify(asked));
  const change = (next: Partial<AgreementsSearch>) =>
    void navigate({ search: (old) => moved(old, next), replace: true });
  const open = ({ sort, ...state }: ListState) =>
    void navigate({ search: { ...state, sort: sorts.find((one) => one === sort) } });
  const add = mayWrite && (
    <ButtonLink to="/funding/agreements/new" leftSection={<IconPlus size={16} aria-hidden />}>
      New agreement
    </ButtonLink>
  );

  return (
    <Page
      title="Agreements"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={
        <>
          <HistoryLink of={agreementBulk} />
          <ExportMenu
            formats={[
              { label: 'CSV', path: '/agreements.csv' },
              { label: 'Spreadsheet (XLSX)', path: '/agreements.xlsx' },
            ]}
            query={{ ...asked, columns: shown.join(',') }}
          />
          {add}
        </>
      }
    >
      <FundingNav />
      <ViewBar list="agreements" own="All agreements" state={search} onOpen={open} />
      <ListTools
        list="agreements"
        label="Title, number or programme"
        words={valueWords}
        quick={{
          of: quickOf,
          controls: <QuickFilters where={where} onChange={(where) => change({ where })} />,
        }}
        {...{ search, columns, shown }}
        onChange={(next) => change('q' in next ? { ...next, sort: undefined } : next)}
      />
      {mayWrite && (
        <SelectedEdits of={agreementBulk} words={valueWords} {...{ selection, list, asked }} />
      )}
      <RecordTable
        label="Agreements"
        selection={mayWrite ? { ...selection, nameOf: (one) => one.title } : undefined}
        columns={columnsOf(columns, shown, search.columns !== undefined)}
        compact={compactRow}
        list={list}
        rowKey={(one) => one.id}
        sort={asked.sort}
        onSort={(sort) => change({ sort: sorts.find((one) => one === sort) })}
        onDeeper={(deeper) =>
          void navigate({
            search: (old) => ({ ...old, rows: deeper }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={<Nothing filtered={Boolean(q ?? where)} add={add} />}
      />
    </Page>
  );
}

function Nothing({ filtered, add }: { filtered: boolean; add: ReactNode }) {
  if (!filtered) {
    return (
      <EmptyState title="No agreement yet." action={add}>
        A grant or contract that is signed, with what is to be paid and what is owed under it.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No agreement matches these filters."
      action={
        <ButtonLink to="/funding/agreements" search={{ view: 'all' }} variant="default">
          Clear the filters
        </ButtonLink>
      }
    />
  );
}
