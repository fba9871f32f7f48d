import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatTotal } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { AgreementFilters } from './AgreementFilters';
import { columnsFor, compactRow } from './columns';
import { all, readAgreements } from './queries';
import { sorts, type AgreementsSearch } from './search';

const route = getRouteApi('/house/funding/agreements');

export function AgreementListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('funding:write');
  const mayReadAmounts = useMay('amounts:read');
  const { rows, ...filter } = search;
  const asked = { ...filter, sort: filter.sort ?? (filter.q ? undefined : ('-to' as const)) };
  const list = useKeysetList(
    [...all, 'list', asked],
    (page, signal) => readAgreements(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<AgreementsSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
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
          <ExportButton path="/agreements.csv" query={asked} />
          {add}
        </>
      }
    >
      <FundingNav />
      <AgreementFilters search={search} onChange={change} />
      <RecordTable
        label="Agreements"
        columns={columnsFor(mayReadAmounts)}
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
        empty={<Nothing filtered={Object.values(filter).some(Boolean)} add={add} />}
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
        <ButtonLink to="/funding/agreements" variant="default">
          Clear the filters
        </ButtonLink>
      }
    />
  );
}
