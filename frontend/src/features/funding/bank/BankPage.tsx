import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconChecks, IconUpload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatTotal } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sorts, type BankSearch } from '../search';
import { AcceptDialog } from './AcceptDialog';
import { BankFilters } from './BankFilters';
import { columnsFor, compactFor } from './columns';
import type { Asked } from './Decide';
import { IgnoreDialog } from './IgnoreDialog';
import { PayoutDialog } from './PayoutDialog';
import { asked, paymentsKey, readPayments } from './queries';
import { SureDialog } from './SureDialog';

const route = getRouteApi('/house/funding/bank');

/** Payments that came in, and what they may be. */
export function BankPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<Asked | null>(null);
  const [sure, setSure] = useState(false);
  const query = asked(search);
  const list = useKeysetList(
    [...paymentsKey, query],
    (page, signal) => readPayments(query, page, signal),
    search.rows ? { shown: search.rows } : {},
  );
  const columns = useMemo(() => columnsFor(setOpen), []);
  const compact = useMemo(() => compactFor(setOpen), []);
  const change = (next: Partial<BankSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
  const close = () => setOpen(null);
  return (
    <Page
      title="Bank"
      aside={
        !list.isPending &&
        `${formatTotal(list.total, list.totalIsFloor)} ${search.state ? 'payments' : 'to be decided'}`
      }
      actions={
        <>
          <ExportButton path="/bank/entries.csv" query={query} />
          <Button
            variant="default"
            leftSection={<IconChecks size={16} aria-hidden />}
            onClick={() => setSure(true)}
          >
            Accept what is sure
          </Button>
          <ButtonLink
            to="/funding/bank/statements"
            leftSection={<IconUpload size={16} aria-hidden />}
          >
            Import statements
          </ButtonLink>
        </>
      }
    >
      <FundingNav />
      <BankFilters search={search} onChange={change} />
      <RecordTable
        label="Payments"
        columns={columns}
        compact={compact}
        list={list}
        rowKey={(one) => one.id}
        sort={query.sort}
        onSort={(sort) => change({ sort: sorts.find((one) => one === sort) })}
        onDeeper={(rows) =>
          void navigate({
            search: (old) => ({ ...old, rows }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={<Nothing search={search} />}
      />
      {open?.what === 'accept' && <AcceptDialog payment={open.payment} onClose={close} />}
      {open?.what === 'ignore' && <IgnoreDialog payment={open.payment} onClose={close} />}
      {open?.what === 'payout' && <PayoutDialog payment={open.payment} onClose={close} />}
      {sure && <SureDialog onClose={() => setSure(false)} />}
    </Page>
  );
}

function Nothing({ search }: { search: BankSearch }) {
  const { q, state, statementId, donorId } = search;
  if (q || state || statementId || donorId) {
    return (
      <EmptyState
        title="No payment matches these filters."
        action={
          <ButtonLink to="/funding/bank" variant="default">
            Clear the filters
          </ButtonLink>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No payment waits for a decision."
      action={<ButtonLink to="/funding/bank/statements">Import statements</ButtonLink>}
    >
      Statements of the bank come in as CAMT.053 or MT940 files. What came in on them is listed here
      until somebody has said whose income it is.
    </EmptyState>
  );
}
