import { Button, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { formatCount } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { Counts } from './Counts';
import classes from './jobs.module.css';
import { runQuery, useStop } from './queries';

/** A run while it goes on. When it has ended, the lists around it are asked again. */
export function RunProgress({ id }: { id: string }) {
  const client = useQueryClient();
  const { data: run } = useQuery(runQuery(id));
  const stop = useStop();
  const ended = run !== undefined && run.outcome !== 'running';
  useEffect(() => {
    if (!ended) return;
    void client.invalidateQueries({ queryKey: ['jobs'] });
    void client.invalidateQueries({ queryKey: ['runs', 'list'] });
  }, [ended, client]);

  const known = run !== undefined && run.total > 0;
  const share = known ? Math.min(100, (run.finished / run.total) * 100) : 100;
  return (
    <div className={classes.progress}>
      <div className={classes.progressLine}>
        <Progress.Root size="sm" style={{ flex: 1 }}>
          <Progress.Section
            value={share}
            animated={!known}
            striped={!known}
            aria-label="Progress of the run"
            {...(known ? {} : { 'aria-valuetext': 'How much there is to do is not known yet' })}
          />
        </Progress.Root>
        <Button
          size="compact-xs"
          variant="default"
          loading={stop.isPending}
          onClick={() => stop.mutate(id)}
        >
          Stop
        </Button>
      </div>
      <div className={classes.mute}>
        {run && (
          <>
            {known && `${formatCount(run.finished)} of ${formatCount(run.total)} · `}
            <Counts counts={run.counts} /> {run.message}{' '}
            <TextLink to="/settings/jobs/runs/$id" params={{ id }}>
              Details
            </TextLink>
          </>
        )}
      </div>
    </div>
  );
}
