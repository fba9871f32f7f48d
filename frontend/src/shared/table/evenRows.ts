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

  const [scroll] = useState(watchScroll);
  const inSight = useSyncExternalStore(
    scroll.subscribe,
    // One value, so that React sees whether it is another.
    useCallback(
      () => rowsInSight(frame, count, scroll.top(), scroll.seen()).join(),
      [frame, count, scroll],
    ),
  );
  const [from = 0, to = 0] = virtual ? inSight.split(',').map(Number) : [0, count];
  return {
    indexes: Array.from({ length: to - from }, (_, i) => from + i),
    before: from * frame.height,
    after: (count - to) * frame.height,
  };
}

/**
 * How far the page is scrolled, and how much of it is in sight. Both are read when they change, as the browser then knows
 * them; asked for after rows were drawn, it would lay them all out at once.
 */
function watchScroll() {
  let top = 0;
  let seen = window.innerHeight;
  return {
    top: () => top,
    seen: () => seen,
    subscribe: (changed: () => void) => {
      const scroller = document.getElementById('main');
      const look = () => {
        top = scroller?.scrollTop ?? 0;
        seen = scroller?.clientHeight ?? window.innerHeight;
        changed();
      };
      look();
      scroller?.addEventListener('scroll', look, { passive: true });
      window.addEventListener('resize', look);
      return () => {
        scroller?.removeEventListener('scroll', look);
        window.removeEventListener('resize', look);
      };
    },
  };
}
