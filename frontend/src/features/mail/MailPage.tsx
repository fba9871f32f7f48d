import { useDocumentTitle } from '@mantine/hooks';
import { getRouteApi, Outlet, useParams } from '@tanstack/react-router';
import { EmptyState } from '@/shared/states/states';
import classes from './mail.module.css';
import { ThreadList } from './ThreadList';

const route = getRouteApi('/house/mail');

/** Conversations on the left, the one that is open on the right; on a phone one of the two. */
export function MailPage() {
  const search = route.useSearch();
  const { threadId } = useParams({ strict: false });
  useDocumentTitle('Mail · Piper');
  return (
    <div className={classes.panes} data-reading={threadId !== undefined || undefined}>
      <section id="threads" className={classes.listPane} aria-label="Conversations">
        <ThreadList search={search} openId={threadId} />
      </section>
      <section className={classes.readPane} aria-label="Reading" key={threadId}>
        {threadId ? (
          <Outlet />
        ) : (
          <div className={classes.nothingOpen}>
            <EmptyState title="No conversation is open.">
              Choose one on the left. The arrow keys walk through the list.
            </EmptyState>
          </div>
        )}
      </section>
    </div>
  );
}
