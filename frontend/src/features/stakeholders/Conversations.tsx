import { useQuery } from '@tanstack/react-query';
import type { Stakeholder } from '@/shared/api/types';
import { formatTotal, plural } from '@/shared/format/number';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import { threadsQuery } from './queries';
import classes from './RecordPage.module.css';

/** The mail with this stakeholder that the reader may see, newest first. */
export function Conversations({ one }: { one: Stakeholder }) {
  const { id, emails } = one;
  const threads = useQuery(threadsQuery(id));
  const data = threads.data;
  return (
    <Section
      title="Mail"
      aside={data && data.total > 0 && formatTotal(data.total, data.totalIsFloor)}
      actions={
        data &&
        data.total > data.items.length && (
          <TextLink to="/mail" search={{ stakeholder: id }}>
            All of it
          </TextLink>
        )
      }
    >
      <Ready query={threads} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No mail that you can see.">
              {emails.length === 0
                ? 'Add an email address, and the mail that involves it is fetched, older mail too.'
                : 'Mail shows here when it is in one of your mailboxes or shared with you.'}
            </EmptyState>
          ) : (
            <ul className={classes.rows}>
              {items.map((thread) => (
                <li key={thread.id}>
                  <span className={classes.grow}>
                    <RowLink
                      to="/mail/$threadId"
                      params={{ threadId: thread.id }}
                      search={{ stakeholder: id }}
                    >
                      {thread.subject || '(no subject)'}
                    </RowLink>
                  </span>
                  {thread.count > 1 && (
                    <span className={classes.side}>{plural(thread.count, 'message')}</span>
                  )}
                  <span className={classes.day}>
                    <When at={thread.lastAt} short />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}
