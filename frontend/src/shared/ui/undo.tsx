import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { sayDone } from './say';

/** Says what was done, with a way back for ten seconds. */
export function sayUndoable(message: string, undo: () => void) {
  const id = sayDone(
    <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
      <span style={{ flex: 1 }}>{message}</span>
      <Button
        size="compact-sm"
        variant="light"
        onClick={() => {
          notifications.hide(id);
          undo();
        }}
      >
        Undo
      </Button>
    </span>,
    10_000,
  );
}
