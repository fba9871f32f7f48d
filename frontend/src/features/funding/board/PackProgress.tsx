import { Button, Progress } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { BoardPack } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import classes from '../funding.module.css';
import { usePackWrite } from './queries';

/** How far a pack is, with the way to stop it. */
export function PackProgress({ pack }: { pack: BoardPack }) {
  const mayStop = useMay('finance:write');
  const stop = usePackWrite(
    (id: string) => data(api.POST('/board/packs/{id}/stop', { params: { path: { id } } })),
    'Stopping.',
  );
  const words = pack.stop ? 'stopping' : pack.phase;
  return (
    <div style={{ minWidth: 180 }}>
      <Progress
        value={(pack.step / pack.steps) * 100}
        aria-label={`Making ${pack.title}`}
        animated
        mb={4}
      />
      <span className={classes.hint} role="status">
        Step {Math.max(1, pack.step)} of {pack.steps}: {words}
      </span>
      {mayStop && !pack.stop && (
        <Button
          variant="default"
          size="compact-xs"
          ml="xs"
          aria-label={`Stop making ${pack.title}`}
          onClick={() => stop.mutate(pack.id)}
        >
          Stop
        </Button>
      )}
    </div>
  );
}
