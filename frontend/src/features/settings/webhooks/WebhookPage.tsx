import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import type { Webhook } from '@/shared/api/types';
import { LoadingPage, Ready } from '@/shared/states/states';
import { Fact, Facts } from '@/shared/ui/Facts';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import { useWebhookActions } from './actions';
import { DeliveryLog } from './DeliveryLog';
import { webhookQuery, webhooksQuery } from './queries';
import { NewSecretDialog, RemoveDialog } from './WebhookDialogs';
import { WebhookDialog } from './WebhookDialog';
import { WebhookState } from './WebhooksPage';
import { eventParts, nounWords, roleWords } from './words';

const route = getRouteApi('/house/settings/webhooks/$id');

export function WebhookPage() {
  const { id } = route.useParams();
  const webhook = useQuery(webhookQuery(id));
  return (
    <Ready query={webhook} loading={<LoadingPage />}>
      {(loaded) => <Loaded webhook={loaded} />}
    </Ready>
  );
}

function Loaded({ webhook }: { webhook: Webhook }) {
  const all = useQuery(webhooksQuery);
  const { test, pause } = useWebhookActions(webhook);
  const [open, setOpen] = useState<'edit' | 'secret' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title={webhook.name}
      back={
        <TextLink to="/settings/webhooks">
          <BackLabel>Webhooks</BackLabel>
        </TextLink>
      }
      aside={<WebhookState webhook={webhook} />}
      actions={
        <>
          <Button variant="default" onClick={() => setOpen('edit')}>
            Edit
          </Button>
          <Button
            variant="default"
            loading={pause.isPending}
            onClick={() => pause.mutate(!webhook.pausedAt)}
          >
            {webhook.pausedAt ? 'Resume' : 'Pause'}
          </Button>
          <Button loading={test.isPending} onClick={() => test.mutate()}>
            Send a test
          </Button>
        </>
      }
    >
      {webhook.pausedAt && (
        <Alert
          color="yellow"
          variant="light"
          mb="md"
          icon={<IconPlayerPause size={18} aria-hidden />}
          title="Nothing is sent"
        >
          {webhook.pausedWhy} What happens meanwhile waits here for up to 30 days.
        </Alert>
      )}
      <WebhookFacts webhook={webhook} />
      <Button size="xs" variant="default" onClick={() => setOpen('secret')}>
        New secret
      </Button>{' '}
      <Button size="xs" variant="subtle" color="gray" onClick={() => setOpen('remove')}>
        Remove
      </Button>
      <DeliveryLog webhook={webhook} />
      {open === 'edit' && all.data && (
        <WebhookDialog webhook={webhook} events={all.data.events} onClose={close} />
      )}
      {open === 'secret' && <NewSecretDialog webhook={webhook} onClose={close} />}
      {open === 'remove' && <RemoveDialog webhook={webhook} onClose={close} />}
    </Page>
  );
}

function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const byNoun = new Map<string, string[]>();
  for (const event of webhook.events) {
    const { noun, what } = eventParts(event);
    byNoun.set(noun, [...(byNoun.get(noun) ?? []), what]);
  }
  return (
    <Facts>
      <Fact name="Address">
        <span style={{ overflowWrap: 'anywhere' }}>{webhook.url}</span>
      </Fact>
      <Fact name="Hears of">
        {[...byNoun].map(([noun, whats]) => (
          <div key={noun}>
            {nounWords(noun)}: {whats.join(', ')}
          </div>
        ))}
      </Fact>
      <Fact name="Reads as">
        {roleWords[webhook.role]},{' '}
        {webhook.withRecord ? 'and is sent the record too' : 'and is sent ids only'}
      </Fact>
      <Fact name="Secret made">
        <When at={webhook.secretAt} />
      </Fact>
    </Facts>
  );
}
