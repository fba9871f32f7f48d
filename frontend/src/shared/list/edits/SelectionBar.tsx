import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSquareCheck } from '@tabler/icons-react';
import { LoadedBox, ThumbArea } from '@/shared/table/boxes';
import type { Selection } from '@/shared/table/selection';
import classes from './SelectionBar.module.css';

interface SelectionBarProps {
  selection: Selection;
  loaded: number;
  /** How many the list finds, as it says it. */
  total: string;
  /** There are more than those loaded. */
  hasMore: boolean;
  onEdit: () => void;
}

/** What is selected, and what one can do with it. On a phone it is also where one begins to select. */
export function SelectionBar({ selection, loaded, total, hasMore, onEdit }: SelectionBarProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const { begun, size, all } = selection;
  if (!begun && !(phone && loaded > 0)) return null;
  const everyLoaded = size === loaded && hasMore && !all;
  return (
    <div
      className={`${classes.bar} for-thumbs`}
      data-selection={begun || undefined}
      role="region"
      aria-label="Selection"
    >
      {begun && (
        <>
          {phone && (
            <ThumbArea className={classes.box}>
              <LoadedBox selection={selection} loaded={loaded} />
            </ThumbArea>
          )}
          <span role="status">{all ? `All ${total}` : size} selected</span>
          {everyLoaded && (
            <Button size="compact-sm" variant="subtle" onClick={selection.takeAll}>
              Select all {total} that match
            </Button>
          )}
          <Button size="compact-sm" disabled={size === 0 && !all} onClick={onEdit}>
            Change…
          </Button>
        </>
      )}
      {/* One button for both, so that the focus stays on it. */}
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={!begun && <IconSquareCheck size={16} aria-hidden />}
        onClick={begun ? selection.clear : selection.begin}
      >
        {!begun ? 'Select' : phone ? 'Cancel' : 'Clear'}
      </Button>
    </div>
  );
}
