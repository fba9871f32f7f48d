import { useQuery } from '@tanstack/react-query';
import type { PrivacyRequest } from '@/shared/api/types';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { textsQuery } from './queries';
import classes from './privacy.module.css';

/** Before and after, of records that the reader may see. */
export function Excerpts({ request }: { request: PrivacyRequest }) {
  const query = useQuery(textsQuery(request));
  return (
    <Ready query={query} loading={<LoadingRows rows={3} />}>
      {({ items, more }) =>
        items.length === 0 ? (
          <EmptyState title="None that you may see.">
            Mail and private notes of colleagues are counted above and shown to nobody.
          </EmptyState>
        ) : (
          <>
            <ul className={classes.excerpts} aria-label="Texts">
              {items.map((one, i) => (
                <li key={`${one.id} ${one.field} ${i}`}>
                  <div className={classes.where}>
                    {one.label}, {one.field}
                  </div>
                  <del>{one.before}</del>
                  <ins>{one.after}</ins>
                </li>
              ))}
            </ul>
            {more && <p>These are the first 100.</p>}
          </>
        )
      }
    </Ready>
  );
}
