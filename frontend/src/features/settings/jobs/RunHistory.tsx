import { getRouteApi } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import type { Run } from '@/shared/api/types';
import { formatDuration } from '@/shared/format/date';
import { options, outcomeWords, say } from '@/shared/format/words';
import { FilterBar, SelectFilter } from '@/shared/list/FilterBar';
import { useKeysetList } from '@/shared/list/keyset';
import { jobWords } from '@/shared/runs/jobWords';
import { OutcomeTag } from '@/shared/runs/OutcomeTag';
import { EmptyState } from '@/shared/states/states';
import { RecordTable, type Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import { Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import { Counts } from './Counts';
import classes from './jobs.module.css';
import { outcomes, type RunsSearch } from './search';

const route = getRouteApi('/house/settings/jobs');

const columns: Column<Run>[] = [
  {
    key: 'startedAt',
    header: 'Started',
    width: '170px',
    cell: (run) => (
      <RowLink to="/settings/jobs/runs/$id" params={{ id: run.id }}>
        <When at={run.startedAt} />
      </RowLink>
    ),
  },
  { key: 'job', header: 'Job', width: '190px', cell: (run) => say(jobWords, run.job) },
  {
    key: 'outcome',
    header: 'Outcome',
    width: '150px',
    cell: (run) => <OutcomeTag outcome={run.outcome} />,
  },
  { key: 'message', header: 'What happened', cell: (run) => run.message },
  {
    key: 'counts',
    header: 'Counts',
    width: '24%',
    wideOnly: true,
    cell: (run) => <Counts counts={run.counts} />,
  },
  {
    key: 'took',
    header: 'Took',
    width: '80px',
    numeric: true,
    cell: (run) => run.endedAt && formatDuration(run.startedAt, run.endedAt),
  },
];

export function RunHistory({ search }: { search: RunsSearch }) {
  const navigate = route.useNavigate();
  const { rows, ...filter } = search;
  const list = useKeysetList(
    ['runs', 'list', filter],
    (page, signal) => data(api.GET('/runs', { params: { query: { ...filter, ...page } }, signal })),
    rows ? { shown: rows } : {},
  );
  const change = (next: Partial<RunsSearch>) =>
    void navigate({
      search: (old) => ({ ...old, rows: undefined, ...next }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Section title="Run history">
      <FilterBar
        active={[search.job, search.outcome].filter(Boolean).length}
        onClear={() => change({ job: undefined, outcome: undefined })}
      >
        <SelectFilter
          label="Job"
          all="All jobs"
          value={search.job}
          options={options(jobWords)}
          onChange={(job) => change({ job })}
        />
        <SelectFilter
          label="Outcome"
          all="Any outcome"
          value={search.outcome}
          options={options(outcomeWords)}
          onChange={(value) => change({ outcome: outcomes.find((one) => one === value) })}
        />
      </FilterBar>
      <RecordTable
        label="Runs"
        columns={columns}
        list={list}
        rowKey={(run) => run.id}
        compact={compactRow}
        empty={
          search.job || search.outcome ? (
            <EmptyState title="No run matches these filters." />
          ) : (
            <EmptyState title="No run is on record.">
              Start a job by hand, or wait for its hour.
            </EmptyState>
          )
        }
      />
    </Section>
  );
}

function compactRow(run: Run) {
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <RowLink to="/settings/jobs/runs/$id" params={{ id: run.id }}>
          {say(jobWords, run.job)}, <When at={run.startedAt} />
        </RowLink>
        <OutcomeTag outcome={run.outcome} />
      </div>
      <div className={classes.mute}>{run.message}</div>
    </>
  );
}
