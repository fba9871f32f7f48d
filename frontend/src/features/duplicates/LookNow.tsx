import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { formatCount } from '@/shared/format/number';
import { When } from '@/shared/ui/When';
import classes from './duplicates.module.css';
import { lookQuery, pairsKey, useLookNow } from './queries';

/** When records were last compared, how far it is, and the button that does it now. */
export function LookNow() {
  const client = useQueryClient();
  const last = useQuery(lookQuery).data?.last;
  const look = useLookNow();
  const running = last?.outcome === 'running';
  // A search may be over before anybody sees it running.
  const ended = running ? undefined : last?.id;
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: pairsKey({}).slice(0, 2) });
  }, [ended, client]);
  return (
    <>
      <span className={classes.mute} role="status">
        {running ? (
          last.total > 0 && `${formatCount(last.finished)} of ${formatCount(last.total)}`
        ) : last?.endedAt ? (
          <>
            Looked <When at={last.endedAt} />
          </>
        ) : (
          'Not looked yet'
        )}
      </span>
      <Button
        variant="default"
        leftSection={<IconSearch size={16} aria-hidden />}
        loading={running || look.isPending}
        onClick={() => look.mutate()}
      >
        Look now
      </Button>
    </>
  );
}
