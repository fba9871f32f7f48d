import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Mailbox } from '@/shared/api/types';
import { When } from '@/shared/ui/When';

/** Whether the mailbox could be read, and when it last was. */
export function ReadingState({ mailbox }: { mailbox: Mailbox }) {
  const { state } = mailbox;
  if (state?.lastError) {
    return (
      <Alert
        color="red"
        variant="light"
        mb="sm"
        icon={<IconAlertTriangle size={18} aria-hidden />}
        styles={{ message: { color: 'var(--bad)' } }}
      >
        {state.lastError}{' '}
        {state.lastSuccessAt ? (
          <>
            Last read without trouble <When at={state.lastSuccessAt} />.
          </>
        ) : (
          'It has never been read.'
        )}
      </Alert>
    );
  }
  return (
    <p style={{ margin: '0 0 6px', color: 'var(--mute)', fontSize: 14 }}>
      {state?.lastSuccessAt ? (
        <>
          Last read <When at={state.lastSuccessAt} />, without trouble.
        </>
      ) : (
        'Not read yet. The mail job reads it on its next run.'
      )}
    </p>
  );
}
