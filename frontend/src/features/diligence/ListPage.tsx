import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { formatTotal } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { RecordTable } from '@/shared/table/RecordTable';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { CaseFilters } from './CaseFilters';
import { columns, compactRow } from './columns';
import { OpenCaseDialog } from './OpenCaseDialog';
import { all, readCases } from './queries';
import { sorts, type CasesSearch } from './search';

const route = getRouteApi('/house/funding/diligence');

export function DiligenceListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('funding:write');
  const [opening, setOpening] = useState(false);
  const { rows, ...filter } = search;
  const asked = { ...filter, sort: filter.sort ?? (filter.q ? undefined : ('-openedOn' as const)) };
  const list = useKeysetList(
    [...all, 'cases', asked],
    (page, signal) => readCases(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<CasesSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
  const open = mayWrite && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpening(true)}>
      Open a case
    </Button>
  );
  return (
    <Page
      title="Due diligence"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={
        <>
          <ButtonLink
            to="/funding/diligence/policy"
            variant="default"
            leftSection={<IconListCheck size={16} aria-hidden />}
          >
            Questions and list
          </ButtonLink>
          <ExportButton path="/diligence/cases.csv" query={asked} />
          {open}
        </>
      }
    >
      <FundingNav />
      <CaseFilters search={search} onChange={change} />
      <RecordTable
        label="Cases of due diligence"
        columns={columns}
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
        empty={
          Object.values(filter).some(Boolean) ? (
            <EmptyState
              title="No case matches these filters."
              action={
                <ButtonLink to="/funding/diligence" variant="default">
                  Clear the filters
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState title="No case yet." action={open}>
              Before money of a donor is taken: the questions of the donor policy, a look at the
              EU’s sanctions list, and a decision that two people have made.
            </EmptyState>
          )
        }
      />
      {opening && <OpenCaseDialog onClose={() => setOpening(false)} />}
    </Page>
  );
}
