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
  /** Something is selected or, on a phone, whose rows have no boxes until then, somebody has begun to select. */
  begun: boolean;
  begin: () => void;
  /** Lets all go, and ends what was begun. */
  clear: () => void;
}

/** The selection of the rows of a table, whose boxes are called after what they select. */
export interface RowSelection<T> extends Selection {
  nameOf: (row: T) => string;
}

const none: ReadonlySet<string> = new Set();
const nothing = { keys: none, all: false, begun: false };

/**
 * The selection of a list with these loaded rows. `scope` is what the list asks for: with another filter or order,
 * nothing is selected any more.
 */
export function useSelection(rows: readonly { id: string }[], scope: string): Selection {
  const [state, setState] = useState({ scope, ...nothing });
  const last = useRef<string | null>(null);
  const current = state.scope === scope ? state : nothing;
  const set = (keys: ReadonlySet<string>, all = false) =>
    setState({ scope, keys, all, begun: current.begun });
  // Only when somebody selects: a long list grows by a page while it is scrolled.
  const loaded = () => rows.map(({ id }) => id);
  return {
    has: (key) => current.all || current.keys.has(key),
    size: current.keys.size,
    ids: [...current.keys],
    all: current.all,
    toggle: (key, through) => {
      const keys = loaded();
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
    toggleLoaded: () => set(current.keys.size === rows.length ? none : new Set(loaded())),
    takeAll: () => set(new Set(loaded()), true),
    begun: current.begun || current.all || current.keys.size > 0,
    begin: () => setState({ scope, ...nothing, begun: true }),
    clear: () => setState({ scope, ...nothing }),
  };
}
