import { getRouteApi } from '@tanstack/react-router';
import { formatTotal } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { columns, compactRow } from './incomeColumns';
import { IncomeFilters } from './IncomeFilters';
import { money, readIncome } from './queries';
import { sorts, type IncomeSearch } from './search';

const route = getRouteApi('/house/funding/income');

export function IncomePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayImport = useMay('finance:write');
  const { rows, ...filter } = search;
  const asked = { ...filter, sort: filter.sort ?? ('-date' as const) };
  const list = useKeysetList(
    [...money, 'income', asked],
    (page, signal) => readIncome(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<IncomeSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
  const { q, year, donorId, ultimateDonorId, earmarking, restriction, sourceType } = filter;
  const filtered = [q, year, donorId, ultimateDonorId, earmarking, restriction, sourceType].some(
    Boolean,
  );

  return (
    <Page
      title="Income"
      aside={
        !list.isPending && `${formatTotal(list.total, list.totalIsFloor)} lines, cash received`
      }
      back={
        <TextLink to="/funding">
          <BackLabel>Funding</BackLabel>
        </TextLink>
      }
      actions={<ExportButton path="/income.csv" query={asked} />}
    >
      <IncomeFilters search={search} onChange={change} />
      <RecordTable
        label="Income lines"
        columns={columns}
        compact={compactRow}
        list={list}
        rowKey={(line) => line.id}
        sort={asked.sort}
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
              title="No income line matches these filters."
              action={
                <ButtonLink to="/funding/income" variant="default">
                  Clear the filters
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState
              title="No income yet."
              action={mayImport && <ButtonLink to="/funding/import">Import income</ButtonLink>}
            >
              Income comes in as CSV files, with a preview before anything is saved.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
