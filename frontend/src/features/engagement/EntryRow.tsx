import type { TimelineEntry } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { EntryMenu } from './EntryMenu';
import { EntryText } from './EntryText';
import { isInteraction, isWritten, kindWords } from './kinds';
import classes from './engagement.module.css';

interface EntryRowProps {
  entry: TimelineEntry;
  /** Their names, by id. */
  colleagues: ReadonlyMap<string, string>;
  /** Opens an interaction for a change; absent for who may only read. */
  onEdit?: ((id: string) => void) | undefined;
}

/** One line of a timeline. What has a civil day stands on that day wherever it is read. */
export function EntryRow({ entry, colleagues, onEdit }: EntryRowProps) {
  const { kind, date, time, at, text, threadId, opportunityId, participantIds = [] } = entry;
  const by = colleagues.get(entry.by ?? '') ?? entry.byName;
  const others = participantIds.filter((id) => id !== entry.by);
  const took = others.flatMap((id) => colleagues.get(id) ?? []);
  return (
    <article className={classes.entry}>
      <div className={classes.meta}>
        <span className={classes.kind}>{kindWords[kind]}</span>
        {date ? (
          <span>{[formatDate(date), time].filter(Boolean).join(', ')}</span>
        ) : (
          <When at={at} />
        )}
        {by && <span>{by}</span>}
        {took.length > 0 && <span>with {took.join(', ')}</span>}
        {entry.private && <Tag tone="mute">Private</Tag>}
        {onEdit && isInteraction(kind) && (
          <span className={classes.menu}>
            <EntryMenu entry={entry} onEdit={onEdit} />
          </span>
        )}
      </div>
      {kind === 'change' ? (
        <p className={classes.text}>{changeOf(entry)}</p>
      ) : (
        <>
          {entry.agreementId ? (
            <TextLink to="/funding/agreements/$id" params={{ id: entry.agreementId }} fw={500}>
              {entry.title}
            </TextLink>
          ) : threadId ? (
            <TextLink to="/mail/$threadId" params={{ threadId }} fw={500}>
              {entry.title ?? '(no subject)'}
            </TextLink>
          ) : opportunityId ? (
            <TextLink to="/pipeline/$id" params={{ id: opportunityId }} fw={500}>
              {entry.title}
            </TextLink>
          ) : (
            entry.title && <p className={classes.title}>{entry.title}</p>
          )}
          {isWritten(kind) ? (
            <EntryText entry={entry} colleagues={colleagues} />
          ) : (
            text && <p className={classes.text}>{text}</p>
          )}
        </>
      )}
    </article>
  );
}

function changeOf({ title, fields = [] }: TimelineEntry): string {
  if (title === 'created') return 'Added.';
  if (fields.length === 0) return title ? `${title.charAt(0).toUpperCase()}${title.slice(1)}.` : '';
  return `Changed: ${fields.join(', ')}.`;
}
