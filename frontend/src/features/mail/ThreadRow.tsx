import { IconLock, IconUsers } from '@tabler/icons-react';
import type { MailAddress, Thread } from '@/shared/api/types';
import { RowLink } from '@/shared/table/RowLink';
import { When } from '@/shared/ui/When';
import classes from './mail.module.css';
import type { MailSearch } from './search';

interface ThreadRowProps {
  thread: Thread;
  open: boolean;
  search: MailSearch;
}

export function ThreadRow({ thread, open, search }: ThreadRowProps) {
  return (
    <div className={classes.threadBody} data-open={open || undefined}>
      <div className={classes.threadTop}>
        <span className={classes.people}>{peopleOf(thread.participants)}</span>
        {thread.count > 1 && <span className={classes.count}>{thread.count}</span>}
        <span className={classes.mute}>
          <When at={thread.lastAt} short />
        </span>
      </div>
      <div className={classes.subject}>
        <RowLink
          to="/mail/$threadId"
          params={{ threadId: thread.id }}
          search={search}
          resetScroll={false}
          aria-current={open || undefined}
        >
          {thread.subject || '(no subject)'}
        </RowLink>
        {thread.sharing === 'private' ? (
          <IconLock size={14} className={classes.sharing} aria-label="Private" />
        ) : (
          <IconUsers size={14} className={classes.sharing} aria-label="Shared" />
        )}
      </div>
    </div>
  );
}

/** "Maria Rossi, Jan Novák +2". */
export function peopleOf(people: MailAddress[]): string {
  const names = people.slice(0, 3).map((one) => one.name ?? one.address.split('@')[0] ?? '');
  const more = people.length - names.length;
  return names.join(', ') + (more > 0 ? ` +${more}` : '');
}
