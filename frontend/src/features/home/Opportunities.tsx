import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { formatDate } from '@/shared/format/date';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './home.module.css';

/** One's own open opportunities, that with the next deadline first. */
export function Opportunities() {
  const mine = useQuery({
    queryKey: ['opportunities', 'home'],
    queryFn: ({ signal }) =>
      data(
        api.GET('/opportunities', {
          params: { query: { ownerId: 'me', open: true, sort: 'deadline', limit: 50 } },
          signal,
        }),
      ),
  });
  return (
    <Section
      title="My opportunities"
      actions={
        <TextLink to="/pipeline" search={{ where: '["ownerId","is","me"]' }}>
          All
        </TextLink>
      }
    >
      <Ready query={mine} loading={<LoadingRows rows={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="You look after no open opportunity." />
          ) : (
            <ul className={classes.rows}>
              {dueFirst(items)
                .slice(0, 6)
                .map(({ id, title, donor, deadline }) => (
                  <li key={id}>
                    <span className={classes.grow}>
                      <RowLink to="/pipeline/$id" params={{ id }} title={title}>
                        {title}
                      </RowLink>
                    </span>
                    <span className={classes.person}>{donor}</span>
                    <span className={classes.side}>
                      {deadline ? (
                        <span title={formatDate(deadline)}>
                          <DaysLeft date={deadline} />
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

/** The list is sorted by deadline; those without one come to its end. */
function dueFirst<T extends { deadline?: string }>(items: T[]): T[] {
  return [
    ...items.filter(({ deadline }) => deadline),
    ...items.filter(({ deadline }) => !deadline),
  ];
}
