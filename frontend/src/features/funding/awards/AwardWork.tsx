import { Button, Progress } from '@mantine/core';
import type { AwardImport } from '@/shared/api/types';
import { formatBytes, formatCount } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { ErrorState } from '@/shared/states/states';
import classes from './awards.module.css';
import { useStep } from './queries';

/** What is being done, and which part of the way lies before it and behind it, in percent. */
const phases: Record<
  NonNullable<AwardImport['phase']>,
  { doing: string; what: string; from: number; to: number }
> = {
  waiting: { doing: 'Waiting for its turn', what: '', from: 0, to: 0 },
  reading: { doing: 'Reading the file', what: 'records', from: 0, to: 40 },
  comparing: { doing: 'Comparing with what is known', what: 'awards', from: 40, to: 50 },
  saving: { doing: 'Saving', what: 'records', from: 50, to: 100 },
};

/** How far the work on a file is, with the way to stop it. A small file is done before this appears. */
export function AwardWork({ one }: { one: AwardImport }) {
  const mayStop = useMay('funding:write');
  const stop = useStep(one, 'stop');
  const { doing, what, from, to } = phases[one.phase ?? 'waiting'];
  const share = one.of ? from + ((to - from) * one.finished) / one.of : from;
  // While a file is read for the first time nobody knows how much there is in it.
  const value = one.state === 'checking' ? 100 : Math.min(share, 100);
  return (
    <div className={classes.late}>
      <p className={classes.doing}>
        {doing}
        {what && one.finished > 0 && `, ${counted(one)} ${what}`}
      </p>
      <Progress value={value} animated aria-label={doing} mb="sm" />
      <p className={classes.mute}>
        {formatBytes(one.size)}. You may leave this page; the work goes on.
        {one.state === 'applying' && ' Nothing is visible before all of it is saved.'}
      </p>
      {mayStop && (
        <Button
          variant="default"
          disabled={Boolean(one.stop)}
          loading={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {one.stop ? 'Stopping' : 'Stop'}
        </Button>
      )}
      {stop.error && <ErrorState error={stop.error} />}
    </div>
  );
}

function counted({ finished, of }: AwardImport) {
  return of ? `${formatCount(finished)} of ${formatCount(of)}` : formatCount(finished);
}
