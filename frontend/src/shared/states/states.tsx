import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOf } from '@/shared/api/problem';
import classes from './states.module.css';

/** Grey rows in the place of a list that is on its way. */
export function LoadingRows({ rows = 8, height = 18 }: { rows?: number; height?: number }) {
  return (
    <div className={classes.rows} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={height} width={`${94 - ((i * 17) % 38)}%`} radius="sm" />
      ))}
    </div>
  );
}

/** The outline of a record's page. */
export function LoadingPage() {
  return (
    <div className={classes.page} role="status" aria-label="Loading">
      <Skeleton height={12} width={90} mb={14} />
      <Skeleton height={28} width="min(60%, 420px)" mb={28} />
      <LoadingRows rows={6} />
    </div>
  );
}

interface EmptyProps {
  title: string;
  /** What to do next, in a sentence. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className={classes.box}>
      <p className={classes.title}>{title}</p>
      {children && <p className={classes.text}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className={classes.box} data-tone="bad" role="alert">
      <p className={classes.title}>This could not be shown.</p>
      <p className={classes.text}>{sentenceOf(error)}</p>
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}

interface ReadyProps<T> {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Loading, error or the thing itself. What was loaded stays in sight when a later refresh fails. */
export function Ready<T>({ query, loading, children }: ReadyProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isPending) return <>{loading ?? <LoadingRows />}</>;
  return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
}
