import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import { formatTotal } from '@/shared/format/number';
import { FilterBar, SelectFilter } from '@/shared/list/FilterBar';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { ListEnd } from '@/shared/table/ListEnd';
import { Page } from '@/shared/ui/Page';
import classes from './audit.module.css';
import { AuditRow } from './AuditRow';
import type { AuditSearch } from './search';
import { Verify } from './Verify';

const route = getRouteApi('/house/settings/audit');
const collections = ['stakeholders', 'accounts', 'mailboxes', 'sources', 'imports', 'threads'];

export function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { rows, ...filter } = search;
  const accounts = useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) =>
      data(api.GET('/accounts', { params: { query: { limit: 200 } }, signal })),
  });
  const list = useKeysetList(
    ['audit', filter],
    (page, signal) =>
      data(api.GET('/audit', { params: { query: { ...filter, ...page } }, signal })),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<AuditSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });

  return (
    <Page
      title="Audit log"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={<Verify />}
    >
      <FilterBar
        active={[search.collection, search.by, search.recordId].filter(Boolean).length}
        onClear={() => change({ collection: undefined, by: undefined, recordId: undefined })}
      >
        <SelectFilter
          label="Records"
          all="All records"
          value={search.collection}
          options={collections.map((name) => ({ value: name, label: name }))}
          onChange={(collection) => change({ collection })}
        />
        <SelectFilter
          label="By"
          all="By anybody"
          value={search.by}
          options={(accounts.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(by) => change({ by })}
        />
        <TextInput
          key={search.recordId ?? ''}
          aria-label="Record id"
          placeholder="Record id"
          defaultValue={search.recordId ?? ''}
          onBlur={(event) => change({ recordId: event.currentTarget.value.trim() || undefined })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </FilterBar>
      {list.isPending ? (
        <LoadingRows rows={8} />
      ) : list.error && list.rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.rows.length === 0 ? (
        <EmptyState title="No entry matches.">
          Every write leaves one, with who, when and what.
        </EmptyState>
      ) : (
        <>
          <ol className={classes.entries}>
            {list.rows.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ol>
          <ListEnd list={list} />
        </>
      )}
    </Page>
  );
}
