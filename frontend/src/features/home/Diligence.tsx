import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { formatDate } from '@/shared/format/date';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { Tag } from '@/shared/ui/Tag';
import classes from './home.module.css';

/** What due diligence asks of us: decisions that wait for a second person, and those that run out soon. */
export function Diligence() {
  const cases = useQuery({
    queryKey: ['diligence', 'home'],
    queryFn: async ({ signal }) => {
      const read = (query: { waiting?: true; runsOut?: true }) =>
        data(
          api.GET('/diligence/cases', {
            params: { query: { ...query, limit: 6, sort: 'expiresOn' } },
            signal,
          }),
        );
      const [waiting, ending, list] = await Promise.all([
        read({ waiting: true }),
        read({ runsOut: true }),
        data(api.GET('/diligence/list', { signal })),
      ]);
      return { items: [...waiting.items, ...ending.items], possible: list.possible };
    },
  });
  return (
    <Section title="Due diligence" actions={<TextLink to="/funding/diligence">All</TextLink>}>
      <Ready query={cases} loading={<LoadingRows rows={3} />}>
        {({ items, possible }) =>
          items.length + possible === 0 ? (
            <EmptyState title="No case waits, and none runs out within 60 days." />
          ) : (
            <ul className={classes.rows}>
              {possible > 0 && (
                <li>
                  <span className={classes.grow}>
                    <RowLink to="/funding/diligence" search={{ state: 'open' }}>
                      {possible === 1
                        ? 'A possible match on the sanctions list'
                        : `${String(possible)} possible matches on the sanctions list`}
                    </RowLink>
                  </span>
                  <Tag tone="warn">To be judged</Tag>
                </li>
              )}
              {items.map((one) => (
                <li key={one.id}>
                  <span className={classes.grow}>
                    <RowLink to="/funding/diligence/$id" params={{ id: one.id }}>
                      {one.donorName}
                    </RowLink>
                  </span>
                  {one.decision ? (
                    <span className={classes.side}>until {formatDate(one.decision.expiresOn)}</span>
                  ) : (
                    <Tag tone="info">Waits for a second person</Tag>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}
