import { Button, Table } from '@mantine/core';
import type { Job } from '@/shared/api/types';
import { OutcomeTag } from '@/shared/runs/OutcomeTag';
import { TextLink } from '@/shared/ui/links';
import { When } from '@/shared/ui/When';
import classes from './jobs.module.css';
import { useRunNow } from './queries';
import { RunProgress } from './RunProgress';

export function JobRow({ job }: { job: Job }) {
  const runNow = useRunNow();
  const { last } = job;
  const running = last?.outcome === 'running';
  return (
    <Table.Tr>
      <Table.Td>
        <strong className={classes.name}>{job.title}</strong>
        <div className={classes.mute} title={job.twiceSafe}>
          {job.when}
        </div>
      </Table.Td>
      <Table.Td className={classes.next}>
        {job.next ? <When at={job.next} /> : <span className={classes.mute}>–</span>}
      </Table.Td>
      <Table.Td className={classes.last}>
        {running ? (
          <RunProgress id={last.id} />
        ) : last ? (
          <>
            <OutcomeTag outcome={last.outcome} />{' '}
            <TextLink to="/settings/jobs/runs/$id" params={{ id: last.id }}>
              <When at={last.startedAt} short />
            </TextLink>
            <div className={classes.mute}>{last.message}</div>
          </>
        ) : (
          <span className={classes.mute}>{job.quiet ? 'no failure on record' : 'never'}</span>
        )}
      </Table.Td>
      <Table.Td ta="right">
        {!running && (
          <Button
            size="xs"
            variant="default"
            loading={runNow.isPending}
            aria-label={`Run ${job.title} now`}
            onClick={() => runNow.mutate(job.name)}
          >
            Run now
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
