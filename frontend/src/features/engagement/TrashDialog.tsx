import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { formatDate } from '@/shared/format/date';
import { MinutesLine } from '@/shared/minutes/Minutes';
import { EmptyState, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';
import { When } from '@/shared/ui/When';
import { kindWords } from './kinds';
import { trashedQuery, useRestore } from './queries';
import { ShowMore } from './ShowMore';
import classes from './engagement.module.css';

interface TrashDialogProps {
  id: string;
  onClose: () => void;
}

/** What was taken off the timeline of a stakeholder, to be put back. */
export function TrashDialog({ id, onClose }: TrashDialogProps) {
  const trashed = useInfiniteQuery(trashedQuery(id));
  const restore = useRestore();
  return (
    <Dialog opened onClose={onClose} title="Removed entries" size={620}>
      <Ready query={trashed}>
        {({ pages }) => {
          const list = pages.flatMap(({ items }) => items);
          if (list.length === 0) return <EmptyState title="Nothing lies in the trash." />;
          return (
            <ul className={classes.entries} aria-label="Entries in the trash">
              {list.map((one) => {
                const name = one.title ?? `${kindWords[one.kind]}, ${formatDate(one.date)}`;
                return (
                  <li key={one.id} className={classes.trashed}>
                    <div>
                      <div className={classes.meta}>
                        <span className={classes.kind}>{kindWords[one.kind]}</span>
                        <span>{formatDate(one.date)}</span>
                        <span>
                          in the trash since <When at={one.trashedAt ?? ''} />
                        </span>
                      </div>
                      <p className={classes.excerpt}>
                        {one.title ?? <MinutesLine text={one.minutes ?? ''} mentions={[]} />}
                      </p>
                    </div>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Put back ${name}`}
                      loading={restore.isPending && restore.variables === one.id}
                      onClick={() =>
                        restore.mutate(one.id, { onSuccess: () => sayDone('Put back.') })
                      }
                    >
                      Put back
                    </Button>
                  </li>
                );
              })}
            </ul>
          );
        }}
      </Ready>
      <ShowMore of={trashed} label="Show more" />
    </Dialog>
  );
}
