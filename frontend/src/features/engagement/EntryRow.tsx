import type { TimelineEntry } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { kindWords } from './kinds';
import classes from './engagement.module.css';

/** One line of a timeline. What has a civil day stands on that day wherever it is read. */
export function EntryRow({ entry, by }: { entry: TimelineEntry; by: string | undefined }) {
  const { kind, date, time, at, text, threadId, opportunityId } = entry;
  return (
    <article className={classes.entry}>
      <p className={classes.meta}>
        <span className={classes.kind}>{kindWords[kind]}</span>
        {date ? (
          <span>{[formatDate(date), time].filter(Boolean).join(', ')}</span>
        ) : (
          <When at={at} />
        )}
        {by && <span>{by}</span>}
        {entry.private && <Tag tone="mute">Private</Tag>}
      </p>
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
          {text && <p className={classes.text}>{text}</p>}
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
