import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import classes from './home.module.css';

export function Threads() {
  const threads = useQuery({
    queryKey: ['threads', 'home'],
    queryFn: ({ signal }) => data(api.GET('/threads', { params: { query: { limit: 6 } }, signal })),
  });
  return (
    <Section title="Recent mail" actions={<TextLink to="/mail">All</TextLink>}>
      <Ready query={threads} loading={<LoadingRows rows={6} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title="No mail yet."
              action={
                <ButtonLink to="/settings/mailboxes" variant="default">
                  Add a mailbox
                </ButtonLink>
              }
            >
              Mail with your stakeholders shows here, private until you share it.
            </EmptyState>
          ) : (
            <ul className={classes.rows}>
              {items.map((thread) => (
                <li key={thread.id}>
                  <span className={classes.grow}>
                    <RowLink to="/mail/$threadId" params={{ threadId: thread.id }}>
                      {thread.subject || '(no subject)'}
                    </RowLink>
                  </span>
                  <span className={classes.person}>
                    {thread.participants[0]?.name ?? thread.participants[0]?.address}
                  </span>
                  <span className={classes.side}>
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
