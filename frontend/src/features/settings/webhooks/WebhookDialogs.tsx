import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, data, ifMatch } from '@/shared/api/client';
import type { Webhook } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { ShownOnce } from '@/shared/ui/ShownOnce';

interface DialogProps {
  webhook: Webhook;
  onClose: () => void;
}

export function NewSecretDialog({ webhook, onClose }: DialogProps) {
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () =>
      data(
        api.POST('/webhooks/{id}/secret', {
          params: { path: { id: webhook.id }, header: ifMatch(webhook.rev) },
        }),
      ),
    onError: sayFailed,
    onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  return (
    <Dialog opened onClose={onClose} title="New secret">
      {rotate.data ? (
        <ShownOnce secret={rotate.data.secret} onClose={onClose}>
          From now on deliveries are signed with this secret.
        </ShownOnce>
      ) : (
        <>
          <p style={{ marginTop: 0 }}>
            Deliveries are signed with it from then on. The other program refuses them until it
            knows the new secret.
          </p>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep the old one
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
              Make a new secret
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  );
}

export function RemoveDialog({ webhook, onClose }: DialogProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () =>
      data(
        api.DELETE('/webhooks/{id}', {
          params: { path: { id: webhook.id }, header: ifMatch(webhook.rev) },
        }),
      ),
    onError: sayFailed,
    onSuccess: async () => {
      await navigate({ to: '/settings/webhooks' });
      sayDone(`${webhook.name} has been removed.`);
      client.removeQueries({ queryKey: ['webhooks', webhook.id] });
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  return (
    <Dialog opened onClose={onClose} title={`Remove ${webhook.name}?`}>
      <p style={{ marginTop: 0 }}>
        Its address is told of nothing any more. What waits for it, and its log, go with it.
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
          Remove
        </Button>
      </Group>
    </Dialog>
  );
}
