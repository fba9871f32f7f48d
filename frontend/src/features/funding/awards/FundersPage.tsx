import { getRouteApi } from '@tanstack/react-router';
import { IconUpload } from '@tabler/icons-react';
import { formatTotal } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { useKeysetList } from '@/shared/list/keyset';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { columnsFor, compactFor } from './funderColumns';
import { all, readFunders } from './queries';
import { funderSorts, type FundersSearch } from './search';

const route = getRouteApi('/house/funding/funders');

/** Everybody who gave one of the awards that were imported. */
export function FundersPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayImport = useMay('funding:write');
  const currency = useCurrency();
  const { rows, ...filter } = search;
  const query = { ...filter, sort: filter.sort ?? ('-worth' as const) };
  const list = useKeysetList(
    [...all, 'funders', query],
    (page, signal) => readFunders(query, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<FundersSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
  const toImport = mayImport && (
    <ButtonLink to="/funding/funders/import" leftSection={<IconUpload size={16} aria-hidden />}>
      Import
    </ButtonLink>
  );
  return (
    <Page
      title="Funders"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={
        <>
          <ExportButton path="/funders.csv" query={query} />
          {toImport}
        </>
      }
    >
      <FundingNav />
      <FilterBar
        open
        active={filter.linked ? 1 : 0}
        onClear={() => change({ linked: undefined })}
        words={
          <WordsFilter label="Name of a funder" value={filter.q} onChange={(q) => change({ q })} />
        }
      >
        <SelectFilter
          label="Who they are"
          all="All funders"
          value={filter.linked}
          options={[
            { value: 'yes', label: 'Our stakeholders' },
            { value: 'no', label: 'The others' },
          ]}
          onChange={(value) =>
            change({ linked: (['yes', 'no'] as const).find((one) => one === value) })
          }
        />
      </FilterBar>
      <RecordTable
        label="Funders"
        columns={columnsFor(currency)}
        compact={compactFor(currency)}
        list={list}
        rowKey={(one) => one.id}
        sort={query.sort}
        onSort={(sort) => change({ sort: funderSorts.find((one) => one === sort) })}
        onDeeper={(deeper) =>
          void navigate({
            search: (old) => ({ ...old, rows: deeper }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={
          filter.q || filter.linked ? (
            <EmptyState
              title="No funder matches these filters."
              action={
                <ButtonLink to="/funding/funders" variant="default">
                  Clear the filters
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState title="No awards have been imported yet." action={toImport}>
              Many funders publish what they have granted. Files of 360Giving, of IATI and of the
              EU’s Financial Transparency System can be imported; each funder in them then has its
              page here.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
