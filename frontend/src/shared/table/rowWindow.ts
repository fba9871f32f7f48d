import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState, type RefObject } from 'react';

/** Shorter lists are drawn whole: the browser's own search and print then find every row. */
export const WHOLE = 150;

export interface RowWindow {
  indexes: number[];
  /** Height in pixels of what is not drawn before and after. */
  before: number;
  after: number;
}

/** How far down its scrolling area a list begins. */
export function offsetIn(scroller: Element, frame: Element): number {
  return (
    frame.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
  );
}

interface MeasuredRows extends RowWindow {
  /** To be called with each row as it comes and goes. */
  measure: (row: HTMLElement | null) => void;
}

/** Which rows of a long list to draw while its scrolling area scrolls. Each is as high as what it says. */
export function useRowWindow(
  frameRef: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  scrollerId = 'main',
): MeasuredRows {
  const [offset, setOffset] = useState(0);
  const virtual = count > WHOLE;

  useLayoutEffect(() => {
    const scroller = document.getElementById(scrollerId);
    if (frameRef.current && scroller) setOffset(offsetIn(scroller, frameRef.current));
  }, [frameRef, virtual, scrollerId]);

  const virtualizer = useVirtualizer({
    count,
    enabled: virtual,
    getScrollElement: () => document.getElementById(scrollerId),
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: offset,
  });

  if (!virtual) {
    const indexes = Array.from({ length: count }, (_, i) => i);
    return { measure: ignore, indexes, before: 0, after: 0 };
  }
  const items = virtualizer.getVirtualItems();
  return {
    measure: virtualizer.measureElement,
    indexes: items.map((item) => item.index),
    before: (items[0]?.start ?? offset) - offset,
    after: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset),
  };
}

function ignore() {
  // Rows that are all drawn need no measuring.
}
