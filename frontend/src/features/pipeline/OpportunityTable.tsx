import { getRouteApi } from '@tanstack/react-router';
import type { Opportunity } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { RecordTable, type Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import classes from './pipeline.module.css';
import { all, readPage } from './queries';
import { filterOf, sorts, type PipelineSearch } from './search';
import { StageTag } from './StageTag';

const route = getRouteApi('/house/pipeline');

interface OpportunityTableProps {
  search: PipelineSearch;
  onChange: (next: Partial<PipelineSearch>) => void;
}

export function OpportunityTable({ search, onChange }: OpportunityTableProps) {
  const navigate = route.useNavigate();
  const mayAmounts = useMay('amounts:read');
  const asked = {
    ...filterOf(search),
    sort: search.sort ?? (search.q ? undefined : ('deadline' as const)),
  };
  const list = useKeysetList(
    [...all, 'list', asked],
    (page, signal) => readPage(asked, page, signal),
    search.rows ? { shown: search.rows } : {},
  );
  return (
    <RecordTable
      label="Opportunities"
      columns={mayAmounts ? columns : columns.filter(({ key }) => key !== 'ask')}
      compact={compactRow}
      list={list}
      rowKey={(one) => one.id}
      sort={asked.sort}
      onSort={(sort) => onChange({ sort: sorts.find((one) => one === sort) })}
      onDeeper={(rows) =>
        void navigate({ search: (old) => ({ ...old, rows }), replace: true, resetScroll: false })
      }
      empty={<EmptyState title="No opportunity matches." />}
    />
  );
}

const columns: Column<Opportunity>[] = [
  {
    key: 'title',
    header: 'Opportunity',
    sort: 'title',
    cell: (one) => (
      <>
        <RowLink to="/pipeline/$id" params={{ id: one.id }} title={one.title}>
          {one.title}
        </RowLink>
        <div className={classes.second}>{one.donor ?? one.programme}</div>
      </>
    ),
  },
  {
    key: 'stage',
    header: 'Stage',
    width: '118px',
    cell: (one) => <StageTag stage={one.stage} />,
  },
  {
    key: 'ask',
    header: 'Ask',
    sort: 'ask',
    width: '140px',
    numeric: true,
    cell: (one) => one.ask && formatMajorMoney(one.ask.minor, one.ask.currency),
  },
  {
    key: 'probability',
    header: 'Probability',
    sort: 'probability',
    width: '116px',
    numeric: true,
    cell: (one) => `${one.probability} %`,
  },
  {
    key: 'deadline',
    header: 'Deadline',
    sort: 'deadline',
    width: '124px',
    cell: (one) => formatDate(one.deadline),
  },
  {
    key: 'decision',
    header: 'Decision',
    sort: 'decision',
    width: '124px',
    wideOnly: true,
    cell: (one) => formatDate(one.decision),
  },
  { key: 'owner', header: 'Owner', width: '150px', wideOnly: true, cell: (one) => one.owner },
];

function compactRow(one: Opportunity) {
  return (
    <>
      <RowLink to="/pipeline/$id" params={{ id: one.id }}>
        {one.title}
      </RowLink>
      <div className={classes.compactLine}>
        <StageTag stage={one.stage} />
        <span>{one.donor}</span>
        {one.deadline && <DaysLeft date={one.deadline} />}
      </div>
    </>
  );
}
