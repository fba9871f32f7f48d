import { useState } from 'react';

interface Base<T> {
  /** What the form began from, and what its write names as the revision it changes. */
  base: T;
  /** Something is typed and not saved. */
  unsaved: boolean;
  onUnsaved: (unsaved: boolean) => void;
  /** The record was written by somebody else since, so what is typed cannot be saved on top of it. */
  isBehind: boolean;
  /** Gives up what is typed; the form begins again from the newest. */
  drop: () => void;
  onSaved: (saved: T) => void;
}

/**
 * The record under a form whose query goes on being refreshed. While nothing is typed the form follows; a newer
 * revision never replaces what is typed. The form has to be keyed by `base.rev`.
 */
export function useBase<T extends { rev: number }>(newest: T): Base<T> {
  const [base, setBase] = useState(newest);
  const [unsaved, setUnsaved] = useState(false);
  const isNewer = newest.rev > base.rev;
  if (isNewer && !unsaved) setBase(newest);
  return {
    base,
    unsaved,
    onUnsaved: setUnsaved,
    isBehind: isNewer && unsaved,
    drop: () => setUnsaved(false),
    onSaved: (saved) => {
      setUnsaved(false);
      setBase(saved);
    },
  };
}
