import {
  useCallback,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
  type RefObject,
} from 'react';
import { offsetIn, WHOLE, type RowWindow } from './rowWindow';

/** Rows drawn above and below what is in sight. */
const SPARE = 6;

interface Frame {
  /** Pixels from the top of the scrolling area to the first row. */
  offset: number;
  height: number;
}

/** The first row to draw and the one after the last, of rows that are all as high as each other. */
export function rowsInSight(
  { offset, height }: Frame,
  count: number,
  scrollTop: number,
  seen: number,
): [number, number] {
  const first = Math.floor((scrollTop - offset) / height) - SPARE;
  const last = Math.ceil((scrollTop - offset + seen) / height) + SPARE;
  const from = Math.min(Math.max(0, first), Math.max(0, count - 1));
  return [from, Math.min(count, Math.max(last, from + 1))];
}

/**
 * Which rows of a table to draw while the page scrolls, if all are one line high, which the first of them tells: a library that
 * measures each and remembers all of them takes a third of every frame, and stops for long when a hundred thousand grow by a page.
 */
export function useEvenRows(
  frameRef: RefObject<HTMLElement | null>,
  count: number,
  likely: number,
): RowWindow {
  const virtual = count > WHOLE;
  const [frame, setFrame] = useState<Frame>({ offset: 0, height: likely });

  useLayoutEffect(() => {
    const scroller = document.getElementById('main');
    if (!frameRef.current || !scroller) return;
    const first = frameRef.current.querySelector('[data-index]')?.getBoundingClientRect().height;
    setFrame({ offset: offsetIn(scroller, frameRef.current), height: first ?? likely });
  }, [frameRef, virtual, likely]);

  const inSight = useSyncExternalStore(
    subscribe,
    useCallback(() => {
      const scroller = document.getElementById('main');
      // One value, so that React sees whether it is another.
      return rowsInSight(
        frame,
        count,
        scroller?.scrollTop ?? 0,
        scroller?.clientHeight ?? window.innerHeight,
      ).join();
    }, [frame, count]),
  );
  const [from = 0, to = 0] = virtual ? inSight.split(',').map(Number) : [0, count];
  return {
    indexes: Array.from({ length: to - from }, (_, i) => from + i),
    before: from * frame.height,
    after: (count - to) * frame.height,
  };
}

function subscribe(changed: () => void) {
  const scroller = document.getElementById('main');
  scroller?.addEventListener('scroll', changed, { passive: true });
  window.addEventListener('resize', changed);
  return () => {
    scroller?.removeEventListener('scroll', changed);
    window.removeEventListener('resize', changed);
  };
}
