import { Button, Group } from '@mantine/core';
import type { Mailbox } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone } from '@/shared/ui/say';
import { useRemove } from './queries';

export function RemoveDialog({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const remove = useRemove();
  return (
    <Dialog opened onClose={onClose} title={`Remove ${mailbox.name ?? mailbox.user}?`}>
      <p style={{ marginTop: 0 }}>
        Piper forgets its settings, its password and the account of what was not kept. Messages that
        were kept stay with their owner.
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button
          color="red.9"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(mailbox, {
              onSuccess: () => {
                onClose();
                sayDone(`${mailbox.name ?? mailbox.user} is no longer read.`);
              },
            })
          }
        >
          Remove
        </Button>
      </Group>
    </Dialog>
  );
}
