import { Button, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Stakeholder } from '@/shared/api/types';
import { EmptyState, LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { subjectQuery, useAskErasure, useAskExport } from './queries';
import { RequestList } from './RequestList';

const route = getRouteApi('/house/settings/privacy/person/$id');

/** What a data subject can ask for. */
export function SubjectPage() {
  const { id } = route.useParams();
  const query = useQuery(subjectQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Subject one={one} />}
    </Ready>
  );
}

function Subject({ one }: { one: Stakeholder }) {
  const askExport = useAskExport();
  const askErasure = useAskErasure();
  const busy = askExport.isPending || askErasure.isPending;
  return (
    <Page
      title={`Privacy of ${one.name}`}
      back={
        <TextLink to="/stakeholders/$id" params={{ id: one.id }}>
          <BackLabel>{one.name}</BackLabel>
        </TextLink>
      }
    >
      {one.kind !== 'person' ? (
        <EmptyState title="Only persons have the rights of a data subject." />
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Section title="Export">
            <p>
              One archive of what is held about them: a page to read and the same as data. It has
              what you may see. What colleagues keep private, mail above all, is listed by date;
              each of them gets a task to share it or to hand it over.
            </p>
            <Button
              variant="default"
              disabled={busy}
              loading={askExport.isPending}
              onClick={() => askExport.mutate(one.id)}
            >
              Make the export
            </Button>
          </Section>
          <Section title="Erase">
            <p>
              First a plan that changes nothing: what will be removed, rewritten or put under a
              pseudonym. Income lines stay, without the name. Once it is confirmed, an erasure
              cannot be taken back.
            </p>
            <Button
              variant="default"
              disabled={busy}
              loading={askErasure.isPending}
              onClick={() => askErasure.mutate(one.id)}
            >
              Plan the erasure
            </Button>
          </Section>
        </SimpleGrid>
      )}
      <Section title="Requests about them">
        <RequestList filter={{ stakeholderId: one.id }} empty="There are none." />
      </Section>
    </Page>
  );
}
