import { Button } from '@mantine/core';
import type { Selection } from '@/shared/table/selection';
import classes from './edits.module.css';

interface SelectionBarProps {
  selection: Selection;
  loaded: number;
  /** How many the list finds, as it says it. */
  total: string;
  /** There are more than those loaded. */
  hasMore: boolean;
  onEdit: () => void;
}

/** What is selected, and what one can do with it. */
export function SelectionBar({ selection, loaded, total, hasMore, onEdit }: SelectionBarProps) {
  if (selection.size === 0 && !selection.all) return null;
  const everyLoaded = selection.size === loaded && hasMore && !selection.all;
  return (
    <div className={classes.bar} data-selection role="region" aria-label="Selection">
      <span role="status">{selection.all ? `All ${total}` : selection.size} selected</span>
      {everyLoaded && (
        <Button size="compact-sm" variant="subtle" onClick={selection.takeAll}>
          Select all {total} that match
        </Button>
      )}
      <Button size="compact-sm" onClick={onEdit}>
        Change…
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={selection.clear}>
        Clear
      </Button>
    </div>
  );
}
