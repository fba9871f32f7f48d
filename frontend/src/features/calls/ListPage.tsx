import { getRouteApi } from '@tanstack/react-router';
import { formatTotal } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { CallFilters } from './CallFilters';
import { columns, compactRow } from './columns';
import { all, readPage } from './queries';
import { currentStates, sorts, states, type CallsSearch } from './search';

const route = getRouteApi('/house/calls');

export function CallListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { rows, ...filter } = search;
  const asked = {
    ...filter,
    state: filter.state ?? currentStates,
    sort: filter.sort ?? (filter.q ? undefined : ('deadline' as const)),
  };
  const list = useKeysetList(
    [...all, 'list', asked],
    (page, signal) => readPage(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<CallsSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });

  return (
    <Page
      title="Calls"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={<ExportButton path="/calls.csv" query={asked} />}
    >
      <CallFilters search={search} onChange={change} />
      <RecordTable
        label="Calls"
        columns={columns}
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

function isFiltered(search: CallsSearch): boolean {
  return Object.entries(search).some(
    ([name, value]) => name !== 'rows' && name !== 'sort' && value !== undefined,
  );
}

function NothingFound({ search }: { search: CallsSearch }) {
  const isAdmin = useMay('admin:read');
  if (isFiltered(search)) {
    return (
      <EmptyState
        title="No call matches these filters."
        action={
          <>
            <ButtonLink to="/calls" variant="default">
              Clear the filters
            </ButtonLink>
            {search.q && (
              <ButtonLink
                to="/calls"
                search={{ q: search.q, state: [...states] }}
                variant="default"
              >
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
