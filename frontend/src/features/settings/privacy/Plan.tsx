import { Button } from '@mantine/core';
import type { PrivacyRequest } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import { ConfirmForm } from './ConfirmForm';
import { Counts } from './Counts';
import { Excerpts } from './Excerpts';
import { FormsForm } from './FormsForm';
import { useDrop } from './queries';

/** A plan to look at: what the erasure would do, what it looks for in texts, and the confirmation. */
export function Plan({ request }: { request: PrivacyRequest }) {
  const drop = useDrop(request);
  return (
    <>
      <p style={{ marginTop: 0, maxWidth: '64ch' }}>
        Nothing is changed yet. Once confirmed, it cannot be taken back. Addresses are never taken
        in again by mail.
      </p>
      <Section title="What will happen">
        <Counts counts={request.counts} />
      </Section>
      <Section title="What is looked for in texts">
        <FormsForm request={request} />
      </Section>
      {request.texts && (
        <Section title="Texts that will read otherwise">
          <Excerpts request={request} />
        </Section>
      )}
      <Section title="Confirm">
        <ConfirmForm request={request} />
      </Section>
      <Button
        variant="subtle"
        color="gray"
        mt="md"
        loading={drop.isPending}
        onClick={() => drop.mutate()}
      >
        Drop this erasure
      </Button>
    </>
  );
}
