import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { formatTotal } from '@/shared/format/number';
import { callKindWords, callStateWords } from '@/shared/format/words';
import { useKeysetList } from '@/shared/list/keyset';
import { ListTools } from '@/shared/list/ListTools';
import { moved, type ListState } from '@/shared/list/views/state';
import { ViewBar } from '@/shared/list/views/ViewBar';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { columnsOf, shownKeys } from '@/shared/table/columns';
import { ExportMenu } from '@/shared/table/ExportMenu';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { columns, compactRow, ownColumns } from './columns';
import { all, facetsQuery, readPage } from './queries';
import { QuickFilters, quickOf } from './QuickFilters';
import { callsIn, ownWhere, sorts, states, type CallsSearch } from './search';

const route = getRouteApi('/house/calls');

export function CallListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const programmes = useQuery(facetsQuery).data?.programmes ?? [];
  const { q, where = ownWhere, sort, rows } = search;
  const asked = { q, where, sort: sort ?? (q ? undefined : ('deadline' as const)) };
  const shown = shownKeys(columns, ownColumns, search.columns);
  const list = useKeysetList(
    [...all, 'list', asked],
    (page, signal) => readPage(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<CallsSearch>) =>
    void navigate({ search: (old) => moved(old, next), replace: true });
  const narrow = (next: string | undefined) =>
    change({ where: next === ownWhere ? undefined : next });
  const open = ({ sort, ...state }: ListState) =>
    void navigate({ search: { ...state, sort: sorts.find((one) => one === sort) } });

  return (
    <Page
      title="Calls"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={
        <ExportMenu
          formats={[
            { label: 'CSV', path: '/calls.csv' },
            { label: 'Spreadsheet (XLSX)', path: '/calls.xlsx' },
          ]}
          query={{ ...asked, columns: shown.join(',') }}
        />
      }
    >
      <ViewBar list="calls" own="Current calls" state={search} onOpen={open} />
      <ListTools
        list="calls"
        label="Title, identifier or words"
        words={{
          state: callStateWords,
          kind: callKindWords,
          programme: Object.fromEntries(programmes.map(({ value, label }) => [value, label])),
        }}
        own={ownWhere}
        everything={callsIn(states)}
        quick={{
          of: quickOf,
          controls: (
            <QuickFilters
              where={where}
              programmes={programmes.map(({ value, label, count }) => ({
                value,
                label: `${label} (${count})`,
              }))}
              onChange={narrow}
            />
          ),
        }}
        {...{ search, columns, shown }}
        onChange={(next) => change('q' in next ? { ...next, sort: undefined } : next)}
      />
      <RecordTable
        label="Calls"
        columns={columnsOf(columns, shown, search.columns !== undefined)}
        compact={compactRow}
        list={list}
        rowKey={(call) => call.id}
        sort={asked.sort}
        onSort={(sort) => change({ sort: sorts.find((one) => one === sort) })}
        onDeeper={(deeper) =>
          void navigate({
            search: (old) => ({ ...old, rows: deeper }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={<NothingFound search={search} />}
      />
    </Page>
  );
}

function NothingFound({ search: { q, where } }: { search: CallsSearch }) {
  const isAdmin = useMay('admin:read');
  if (q ?? where) {
    return (
      <EmptyState
        title="No call matches these filters."
        action={
          <>
            <ButtonLink to="/calls" search={{ view: 'all' }} variant="default">
              Clear the filters
            </ButtonLink>
            {q && (
              <ButtonLink to="/calls" search={{ q, where: callsIn(states) }} variant="default">
                Look in closed calls too
              </ButtonLink>
            )}
          </>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No calls yet."
      action={isAdmin && <ButtonLink to="/settings/sources">Add a source</ButtonLink>}
    >
      {isAdmin
        ? 'Calls come from sources such as the EU Funding & Tenders portal. Add one, then run the calls job.'
        : 'An administrator adds the sources that calls come from.'}
    </EmptyState>
  );
}
