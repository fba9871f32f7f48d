import { Button } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useEffect } from 'react';
import { formatCount, formatTotal } from '@/shared/format/number';
import { LARGEST, type KeysetList } from '@/shared/list/keyset';
import { ErrorState } from '@/shared/states/states';
import classes from './RecordTable.module.css';

interface ListEndProps<T> {
  list: KeysetList<T>;
  onDeeper?: (rows: number) => void;
}

/** The foot of a list: asks for the next page when it comes into view, and by hand. */
export function ListEnd<T>({ list, onDeeper }: ListEndProps<T>) {
  const { ref, entry } = useIntersection({ rootMargin: '600px' });
  const inView = entry?.isIntersecting ?? false;
  const { hasMore, isLoadingMore, error } = list;
  const more = () => {
    list.loadMore();
    if (list.rows.length < LARGEST) onDeeper?.(list.rows.length + 100);
  };

  useEffect(() => {
    if (inView && hasMore && !isLoadingMore && !error) more();
    // `more` is made anew on each render; what it depends on is listed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [inView, hasMore, isLoadingMore, error, list.rows.length]);

  return (
    <div ref={ref} className={classes.end}>
      {error != null && list.rows.length > 0 && <ErrorState error={error} onRetry={more} />}
      {hasMore ? (
        <Button variant="default" size="xs" loading={isLoadingMore} onClick={more}>
          Load more
        </Button>
      ) : null}
      <span role="status">
        {hasMore
          ? `${formatCount(list.rows.length)} of ${formatTotal(list.total, list.totalIsFloor)} loaded`
          : list.rows.length > 20 && `All ${formatCount(list.rows.length)} shown`}
      </span>
    </div>
  );
}
