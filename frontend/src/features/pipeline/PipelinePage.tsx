import { Button, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Sums } from '@/shared/api/types';
import { formatMajorMoney, plural } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { LoadingRows, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Board } from './Board';
import { OpportunityTable } from './OpportunityTable';
import classes from './pipeline.module.css';
import { PipelineFilters } from './PipelineFilters';
import { boardQuery } from './queries';
import { Returns } from './Returns';
import { StageTemplatesDialog } from './StageTemplatesDialog';
import { filterOf, type PipelineSearch } from './search';

const route = getRouteApi('/house/pipeline');

export function PipelinePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('funding:write');
  const [asked, setAsked] = useState(false);
  const filter = filterOf(search);
  const board = useQuery({ ...boardQuery(filter), placeholderData: keepPreviousData });
  const change = (next: Partial<PipelineSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
  return (
    <Page
      title="Pipeline"
      aside={board.data && <Total total={board.data.total} />}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Show as"
            data={[
              { value: 'board', label: 'Board' },
              { value: 'table', label: 'Table' },
            ]}
            value={search.view ?? 'board'}
            onChange={(view) => change({ view: view === 'table' ? 'table' : undefined })}
          />
          <ExportButton path="/opportunities.csv" query={{ ...filter }} />
          <ExportButton path="/opportunities.xlsx" query={{ ...filter }} label="XLSX" />
          {mayWrite && (
            <Button variant="default" onClick={() => setAsked(true)}>
              Tasks by stage
            </Button>
          )}
          {mayWrite && (
            <ButtonLink to="/pipeline/new" leftSection={<IconPlus size={16} aria-hidden />}>
              New opportunity
            </ButtonLink>
          )}
        </>
      }
    >
      <PipelineFilters search={search} onChange={change} />
      {search.view === 'table' ? (
        <OpportunityTable search={search} onChange={change} />
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
