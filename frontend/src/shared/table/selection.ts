import { useRef, useState } from 'react';

/** Which rows of a list are selected. */
export interface Selection {
  has: (key: string) => boolean;
  size: number;
  ids: string[];
  /** Not only these but all that the list finds. */
  all: boolean;
  /** Selects a row or lets it go; with `through`, all from the last one on. */
  toggle: (key: string, through: boolean) => void;
  /** Selects every loaded row, or none. */
  toggleLoaded: () => void;
  takeAll: () => void;
  clear: () => void;
}

const none: ReadonlySet<string> = new Set();

/**
 * The selection of a list whose loaded rows have these keys. `scope` is what the list asks for: with another
 * filter or order, nothing is selected any more.
 */
export function useSelection(keys: string[], scope: string): Selection {
  const [state, setState] = useState({ scope, keys: none, all: false });
  const last = useRef<string | null>(null);
  const current = state.scope === scope ? state : { scope, keys: none, all: false };
  const set = (next: ReadonlySet<string>, all = false) => setState({ scope, keys: next, all });
  return {
    has: (key) => current.all || current.keys.has(key),
    size: current.keys.size,
    ids: [...current.keys],
    all: current.all,
    toggle: (key, through) => {
      // One row less than all is a selection of the loaded ones.
      const next = new Set(current.all ? keys : current.keys);
      const select = !next.has(key);
      const from = through && last.current ? keys.indexOf(last.current) : -1;
      const to = keys.indexOf(key);
      const range = from < 0 ? [key] : keys.slice(Math.min(from, to), Math.max(from, to) + 1);
      for (const one of range) {
        if (select) next.add(one);
        else next.delete(one);
      }
      last.current = key;
      set(next);
    },
    toggleLoaded: () => set(current.keys.size === keys.length ? none : new Set(keys)),
    takeAll: () => set(new Set(keys), true),
    clear: () => set(none),
  };
}
