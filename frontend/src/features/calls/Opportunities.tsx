import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { useMay } from '@/shared/session/session';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './calls.module.css';

/** What the call has become in our pipeline; nothing is shown where it has become nothing. */
export function Opportunities({ callId }: { callId: string }) {
  const mayRead = useMay('funding:read');
  const query = useQuery({
    queryKey: ['opportunities', 'of', { callId }],
    queryFn: ({ signal }) =>
      data(api.GET('/opportunities', { params: { query: { callId } }, signal })),
    enabled: mayRead,
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="In our pipeline">
      <ul className={classes.list}>
        {items.map(({ id, title, owner }) => (
          <li key={id}>
            <TextLink to="/pipeline/$id" params={{ id }}>
              {title}
            </TextLink>
            <div className={classes.second}>{owner}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
