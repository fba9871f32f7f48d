import { getRouteApi } from '@tanstack/react-router';
import type { Opportunity } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import type { Words } from '@/shared/list/edits/bulkList';
import { SelectedEdits } from '@/shared/list/edits/SelectedEdits';
import { useKeysetList } from '@/shared/list/keyset';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { RecordTable, type Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import { useSelection } from '@/shared/table/selection';
import { opportunityBulk } from './bulk';
import classes from './pipeline.module.css';
import { all, readPage } from './queries';
import { sortOf, sorts, type PipelineSearch } from './search';
import { StageTag } from './StageTag';

const route = getRouteApi('/house/pipeline');

interface OpportunityTableProps {
  search: PipelineSearch;
  words: Words;
  columns: Column<Opportunity>[];
  onChange: (next: Partial<PipelineSearch>) => void;
}

export function OpportunityTable({ search, words, columns, onChange }: OpportunityTableProps) {
  const navigate = route.useNavigate();
  const mayWrite = useMay('funding:write');
  const asked = { q: search.q, where: search.where, sort: sortOf(search) };
  const list = useKeysetList(
    [...all, 'list', asked],
    (page, signal) => readPage(asked, page, signal),
    search.rows ? { shown: search.rows } : {},
  );
  const selection = useSelection(list.rows, JSON.stringify(asked));
  return (
    <>
      {mayWrite && <SelectedEdits of={opportunityBulk} {...{ words, selection, list, asked }} />}
      <RecordTable
        label="Opportunities"
        selection={mayWrite ? { ...selection, nameOf: (one) => one.title } : undefined}
        columns={columns}
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
    </>
  );
}

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
