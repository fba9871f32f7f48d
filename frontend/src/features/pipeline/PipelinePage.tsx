import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Sums } from '@/shared/api/types';
import { formatMajorMoney, plural } from '@/shared/format/number';
import { ListTools } from '@/shared/list/ListTools';
import { moved, type ListState } from '@/shared/list/views/state';
import { ViewBar } from '@/shared/list/views/ViewBar';
import { useCurrency, useMay } from '@/shared/session/session';
import { LoadingRows, Ready } from '@/shared/states/states';
import { columnsOf, shownKeys } from '@/shared/table/columns';
import { Page } from '@/shared/ui/Page';
import { Board } from './Board';
import { columnsFor, ownColumns } from './columns';
import { OpportunityTable } from './OpportunityTable';
import classes from './pipeline.module.css';
import { PipelineActions } from './PipelineActions';
import { boardQuery } from './queries';
import { QuickFilters, saidByControls } from './QuickFilters';
import { Returns } from './Returns';
import { StageTemplatesDialog } from './StageTemplatesDialog';
import { sortOf, sorts, type PipelineSearch } from './search';
import { useValueWords } from './words';

const route = getRouteApi('/house/pipeline');

export function PipelinePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayAmounts = useMay('amounts:read');
  const [asked, setAsked] = useState(false);
  const { q, where, as } = search;
  const board = useQuery({ ...boardQuery({ q, where }), placeholderData: keepPreviousData });
  const words = useValueWords();
  const columns = columnsFor(mayAmounts, useCurrency());
  const shown = shownKeys(columns, ownColumns, search.columns);
  const change = (next: Partial<PipelineSearch>) =>
    void navigate({ search: (old) => moved(old, next), replace: true });
  const open = ({ sort, ...state }: ListState) =>
    void navigate({ search: { ...state, as, sort: sorts.find((one) => one === sort) } });
  return (
    <Page
      title="Pipeline"
      aside={board.data && <Total total={board.data.total} />}
      actions={
        <PipelineActions
          as={as}
          query={{ q, where, sort: sortOf(search), columns: shown.join(',') }}
          onAs={(next) => change({ as: next })}
          onTemplates={() => setAsked(true)}
        />
      }
    >
      <ViewBar list="opportunities" own="All opportunities" state={search} onOpen={open} />
      <ListTools
        list="opportunities"
        label="Title, programme or words"
        words={words}
        quick={{
          of: saidByControls(where),
          controls: <QuickFilters where={where} onChange={(where) => change({ where })} />,
        }}
        search={search}
        columns={columns}
        shown={as === 'table' ? shown : null}
        onChange={(next) => change('q' in next ? { ...next, sort: undefined } : next)}
      />
      {as === 'table' ? (
        <OpportunityTable
          search={search}
          words={words}
          columns={columnsOf(columns, shown, search.columns !== undefined)}
          onChange={change}
        />
      ) : (
        <Ready query={board} loading={<LoadingRows rows={10} />}>
          {(loaded) => (
            <Board
              board={loaded}
              column={search.column}
              onColumn={(column) => change({ column })}
            />
          )}
        </Ready>
      )}
      <div className={classes.below}>
        <Returns />
      </div>
      {asked && <StageTemplatesDialog onClose={() => setAsked(false)} />}
    </Page>
  );
}

function Total({ total }: { total: Sums }) {
  const { count, sum, discount, cutOff, notConverted } = total;
  const said = [plural(count, 'open opportunity', 'open opportunities')];
  if (sum) said.push(formatMajorMoney(sum.minor, sum.currency));
  if (discount) said.push(`${formatMajorMoney(discount.minor, discount.currency)} weighted`);
  if (cutOff?.minor)
    said.push(`${formatMajorMoney(cutOff.minor, cutOff.currency)} at 75 % or more`);
  if (notConverted > 0) said.push(`${notConverted} not converted`);
  return <>{said.join(' · ')}</>;
}
