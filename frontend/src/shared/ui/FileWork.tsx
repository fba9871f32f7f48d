import { Button, Progress } from '@mantine/core';
import { formatBytes } from '@/shared/format/number';
import { ErrorState } from '@/shared/states/states';
import classes from './FileWork.module.css';

interface FileWorkProps {
  /** What is being done, which is the name of the bar. */
  doing: string;
  /** How far it is, in words: "1,200 records". */
  told: string;
  /** How far it is, of 100. */
  value: number;
  /** Of the file, in bytes. */
  size: number;
  note?: string;
  /** Somebody has asked to stop it. */
  stopping: boolean;
  /** The way to stop it, for those who may. */
  stop: { mutate: () => void; isPending: boolean; error: Error | null } | null;
}

/** How far the work on a file is, with the way to stop it. A small file is done before this appears. */
export function FileWork({ doing, told, value, size, note, stopping, stop }: FileWorkProps) {
  return (
    <div className={classes.work}>
      <p className={classes.doing}>
        {doing}
        {told && `, ${told}`}
      </p>
      <Progress value={Math.min(value, 100)} animated aria-label={doing} mb="sm" />
      <p className={classes.hint}>
        {formatBytes(size)}. You may leave this page; the work goes on.
        {note && ` ${note}`}
      </p>
      {stop && (
        <Button
          variant="default"
          disabled={stopping}
          loading={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {stopping ? 'Stopping' : 'Stop'}
        </Button>
      )}
      {stop?.error && <ErrorState error={stop.error} />}
    </div>
  );
}
