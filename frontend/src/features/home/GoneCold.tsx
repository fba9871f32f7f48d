import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { formatDate } from '@/shared/format/date';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { RowLink } from '@/shared/table/RowLink';
import { namesOf } from '@/shared/ties/names';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './home.module.css';

/** Key stakeholders whom somebody knew well and nobody does now. */
export function GoneCold() {
  const cold = useQuery({
    queryKey: ['ties', 'cold', {}],
    queryFn: ({ signal }) => data(api.GET('/ties/cold', { signal })),
  });
  return (
    <Section title="Gone cold" actions={<TextLink to="/continuity">All</TextLink>}>
      <Ready query={cold} loading={<LoadingRows rows={4} />}>
        {({ items, keys }) =>
          items.length === 0 ? (
            <EmptyState
              title={keys === 0 ? 'No key stakeholders yet.' : 'No relationship has gone cold.'}
            >
              {keys === 0 &&
                'Give those who matter most the tag “key”; Piper then watches over them.'}
            </EmptyState>
          ) : (
            <ul className={classes.rows}>
              {items.slice(0, 6).map((one) => (
                <li key={one.stakeholderId}>
                  <span className={classes.grow}>
                    <RowLink to="/stakeholders/$id" params={{ id: one.stakeholderId }}>
                      {one.name}
                    </RowLink>
                  </span>
                  <span className={classes.person}>{namesOf(one, one.once)}</span>
                  <span className={classes.side}>{formatDate(one.coldSince)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}
