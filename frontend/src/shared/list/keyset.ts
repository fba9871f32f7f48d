import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ListOf } from '@/shared/api/types';

const PAGE = 100;
/** As many rows as one page, and so an address, can hold. */
export const LARGEST = 500;

interface PageAsk {
  limit: number;
  cursor?: string;
}

export interface KeysetList<T> {
  rows: T[];
  total: number;
  totalIsFloor: boolean;
  isPending: boolean;
  /** Old rows are shown while a new filter is asked for. */
  isStale: boolean;
  error: unknown;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/**
 * A list that is read page by page along its key. `shown` is how many rows the address says were on the
 * screen, so that a reload or a shared link comes back to the same depth.
 */
export function useKeysetList<T>(
  key: QueryKey,
  read: (page: PageAsk, signal: AbortSignal) => Promise<ListOf<T>>,
  { shown = PAGE, enabled = true }: { shown?: number; enabled?: boolean } = {},
): KeysetList<T> {
  const first: PageAsk = { limit: Math.min(Math.max(shown, PAGE), LARGEST) };
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: first,
    // Who scrolls on through a long list gets larger pages.
    getNextPageParam: (last, all): PageAsk | undefined =>
      last.next ? { limit: all.length < 5 ? PAGE : LARGEST, cursor: last.next } : undefined,
    placeholderData: keepPreviousData,
    // Comparing all pages read so far with themselves, on every further page, would take longer than reading it.
    structuralSharing: false,
    enabled,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const last = pages?.at(-1);
  return {
    rows,
    total: last?.total ?? 0,
    totalIsFloor: last?.totalIsFloor ?? false,
    isPending: query.isPending,
    isStale: query.isPlaceholderData,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}
