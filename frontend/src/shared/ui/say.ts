import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { sentenceOf } from '@/shared/api/problem';

const closable = { withBorder: true, closeButtonProps: { 'aria-label': 'Close' } };

/** Says in a corner that something was done. */
export function sayDone(message: ReactNode, autoClose = 5000) {
  return notifications.show({ message, color: 'pine', autoClose, ...closable });
}

/** Says that something failed, with the server's sentence; stays until it is closed. */
export function sayFailed(error: unknown) {
  notifications.show({
    message: sentenceOf(error),
    color: 'red',
    autoClose: false,
    role: 'alert',
    ...closable,
  });
}
