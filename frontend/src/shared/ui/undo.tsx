import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { sayDone } from './say';

/** Says what was done, with a way back for ten seconds. */
export function sayUndoable(message: string, undo: () => void) {
  sayWith(message, 'Undo', undo);
}

/** Says what was done, with what can be done about it for ten seconds. */
export function sayWith(message: string, label: string, act: () => void) {
  const id = sayDone(
    <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
      <span style={{ flex: 1 }}>{message}</span>
      <Button
        size="compact-sm"
        variant="light"
        onClick={() => {
          notifications.hide(id);
          act();
        }}
      >
        {label}
      </Button>
    </span>,
    10_000,
  );
}
