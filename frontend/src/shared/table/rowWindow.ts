import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState, type RefObject } from 'react';

/** Shorter lists are drawn whole: the browser's own search and print then find every row. */
const WHOLE = 150;

interface RowWindow {
  /** To be called with each row as it comes and goes; rows of one height need none. */
  measure: ((row: HTMLElement | null) => void) | undefined;
  indexes: number[];
  /** Height in pixels of what is not drawn before and after. */
  before: number;
  after: number;
}

interface RowWindowOptions {
  /** Pixels that a row is likely to take. */
  height: number;
  /** All rows take the same height, which the first of them tells: measuring each costs a third of every frame. */
  even?: boolean;
  scrollerId?: string;
}

/** Which rows of a long list to draw while its scrolling area scrolls. */
export function useRowWindow(
  frameRef: RefObject<HTMLElement | null>,
  count: number,
  { height: likely, even = false, scrollerId = 'main' }: RowWindowOptions,
): RowWindow {
  const [offset, setOffset] = useState(0);
  const [height, setHeight] = useState(likely);
  const virtual = count > WHOLE;

  useLayoutEffect(() => {
    const frame = frameRef.current;
    const scroller = document.getElementById(scrollerId);
    if (!frame || !scroller) return;
    setOffset(
      frame.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
    );
    const first = even && frame.querySelector('[data-index]')?.getBoundingClientRect().height;
    if (first) setHeight(first);
  }, [frameRef, virtual, scrollerId, even]);

  const virtualizer = useVirtualizer({
    count,
    enabled: virtual,
    getScrollElement: () => document.getElementById(scrollerId),
    estimateSize: () => height,
    overscan: 6,
    scrollMargin: offset,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height]);

  if (!virtual) {
    const indexes = Array.from({ length: count }, (_, i) => i);
    return { measure: undefined, indexes, before: 0, after: 0 };
  }
  const items = virtualizer.getVirtualItems();
  return {
    measure: even ? undefined : virtualizer.measureElement,
    indexes: items.map((item) => item.index),
    before: (items[0]?.start ?? offset) - offset,
    after: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset),
  };
}
