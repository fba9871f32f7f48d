import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Interaction } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { Minutes } from '@/shared/minutes/Minutes';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { Tag } from '@/shared/ui/Tag';
import { kindWords } from './kinds';
import { entryQuery } from './queries';
import classes from './engagement.module.css';

interface EntryDialogProps {
  id: string;
  onClose: () => void;
  /** Opens it for a change; absent for who may only read. */
  onEdit?: (() => void) | undefined;
}

/** One interaction whole, wherever in a long timeline it stands: what the search leads to. */
export function EntryDialog({ id, onClose, onEdit }: EntryDialogProps) {
  const entry = useQuery(entryQuery(id));
  return (
    <Dialog
      opened
      onClose={onClose}
      title={entry.data?.title ?? (entry.data && kindWords[entry.data.kind]) ?? 'Entry'}
      size={620}
    >
      <Ready query={entry} loading={<LoadingRows rows={4} />}>
        {(one) => <Whole one={one} />}
      </Ready>
      <Group justify="flex-end" gap="xs" mt="lg">
        {onEdit && entry.data && (
          <Button variant="default" onClick={onEdit}>
            Edit
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Dialog>
  );
}

function Whole({ one }: { one: Interaction }) {
  const colleagues = useQuery(colleaguesQuery).data;
  const namesOf = (ids: string[]) => ids.flatMap((id) => colleagues?.get(id) ?? []);
  const took = namesOf(one.participantIds);
  return (
    <>
      <div className={classes.meta}>
        <span className={classes.kind}>{kindWords[one.kind]}</span>
        <span>{[formatDate(one.date), one.time].filter(Boolean).join(', ')}</span>
        {took.length > 0 && <span>{took.join(', ')}</span>}
        {one.private && <Tag tone="mute">Private</Tag>}
      </div>
      <p className={classes.meta}>
        {one.stakeholderIds.map((id) => (
          <StakeholderLink key={id} id={id} />
        ))}
      </p>
      {one.minutes && (
        <Minutes
          text={one.minutes}
          mentions={namesOf(one.mentions.map(({ accountId }) => accountId))}
        />
      )}
    </>
  );
}
