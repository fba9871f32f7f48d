import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatTotal } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { columnsFor, compactFor } from './incomeColumns';
import { IncomeFilters } from './IncomeFilters';
import { BooksDialog } from './ledger/BooksDialog';
import { DeedDialog } from './ledger/DeedDialog';
import { LineDialog } from './ledger/LineDialog';
import type { AskedDeed } from './ledger/deeds';
import { NewLine } from './ledger/NewLine';
import type { Beginning } from './ledger/beginnings';
import { money, readIncome } from './queries';
import { sorts, type IncomeSearch } from './search';

const route = getRouteApi('/house/funding/income');

export function IncomePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('finance:write');
  const [asked, setAsked] = useState<AskedDeed | Beginning | 'books' | null>(null);
  const columns = useMemo(() => columnsFor(mayWrite ? setAsked : null), [mayWrite]);
  const compact = useMemo(() => compactFor(mayWrite ? setAsked : null), [mayWrite]);
  const close = () => setAsked(null);
  const { rows, ...filter } = search;
  const query = { ...filter, sort: filter.sort ?? ('-date' as const) };
  const list = useKeysetList(
    [...money, 'income', query],
    (page, signal) => readIncome(query, page, signal),
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
      actions={
        <>
          <ExportButton path="/income.csv" query={query} />
          {mayWrite && (
            <>
              <Button
                variant="default"
                leftSection={<IconLock size={16} aria-hidden />}
                onClick={() => setAsked('books')}
              >
                Close a year
              </Button>
              <ButtonLink to="/funding/import" variant="default">
                Import
              </ButtonLink>
              <NewLine onNew={setAsked} />
            </>
          )}
        </>
      }
    >
      <FundingNav />
      <IncomeFilters search={search} onChange={change} />
      <RecordTable
        label="Income lines"
        columns={columns}
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
              action={mayWrite && <ButtonLink to="/funding/import">Import income</ButtonLink>}
            >
              Income comes in as CSV files, with a preview before anything is saved.
            </EmptyState>
          )
        }
      />
      {asked === 'books' && <BooksDialog onClose={close} />}
      {typeof asked === 'object' && asked && <DeedDialog asked={asked} onClose={close} />}
      {typeof asked === 'string' && asked !== 'books' && <LineDialog of={asked} onClose={close} />}
    </Page>
  );
}
