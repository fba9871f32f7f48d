import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { CallState } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { StateTag } from '@/shared/calls/StateTag';
import { formatDate } from '@/shared/format/date';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './home.module.css';

interface Filter {
  state?: CallState[];
  sort: 'deadline' | '-updatedAt';
}

interface CallsProps {
  title: string;
  query: Filter;
  /** The same list in full. */
  more: { where?: string; sort: Filter['sort'] };
  empty: string;
}

export function Calls({ title, query, more, empty }: CallsProps) {
  const calls = useQuery({
    queryKey: ['calls', 'home', query],
    queryFn: ({ signal }) =>
      data(api.GET('/calls', { params: { query: { ...query, limit: 6 } }, signal })),
  });
  return (
    <Section
      title={title}
      actions={
        <TextLink to="/calls" search={more}>
          All
        </TextLink>
      }
    >
      <Ready query={calls} loading={<LoadingRows rows={6} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={empty} />
          ) : (
            <ul className={classes.rows}>
              {items.map((call) => (
                <li key={call.id}>
                  <span className={classes.grow}>
                    <RowLink to="/calls/$id" params={{ id: call.id }} title={call.title}>
                      {call.title}
                    </RowLink>
                  </span>
                  {query.sort !== 'deadline' && <StateTag state={call.state} />}
                  <span className={classes.side}>
                    {call.nextDeadline ? (
                      <span title={formatDate(call.nextDeadline)}>
                        <DaysLeft date={call.nextDeadline} />
                      </span>
                    ) : (
                      'no deadline'
                    )}
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
