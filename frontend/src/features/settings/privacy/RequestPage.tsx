import { Alert, Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { apiUrl } from '@/shared/api/client';
import type { PrivacyRequest } from '@/shared/api/types';
import { formatInstant } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { LoadingPage, Ready } from '@/shared/states/states';
import { Fact, Facts } from '@/shared/ui/Facts';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { Tag } from '@/shared/ui/Tag';
import { Counts } from './Counts';
import { Plan } from './Plan';
import { requestQuery } from './queries';
import { groundWords, kindWords, stateWords } from './words';

const route = getRouteApi('/house/settings/privacy/requests/$id');

export function RequestPage() {
  const { id } = route.useParams();
  const query = useQuery(requestQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(request) => <Request request={request} />}
    </Ready>
  );
}

function Request({ request }: { request: PrivacyRequest }) {
  const who = request.name ?? `Erased person ${request.code ?? ''}`;
  return (
    <Page
      title={`${kindWords[request.kind]}: ${who}`}
      aside={
        request.kind === 'erasure' && (
          <Tag tone={request.state === 'done' ? 'good' : 'warn'}>{stateWords[request.state]}</Tag>
        )
      }
      back={
        <TextLink to="/settings/privacy">
          <BackLabel>Privacy</BackLabel>
        </TextLink>
      }
    >
      {request.problem && (
        <Alert color="yellow" variant="light" mb="md">
          {request.problem}
        </Alert>
      )}
      {request.kind === 'export' ? (
        <ExportBody request={request} />
      ) : request.state === 'planned' ? (
        <Plan key={request.rev} request={request} />
      ) : request.state === 'done' ? (
        <Outcome request={request} />
      ) : (
        <Working request={request} />
      )}
    </Page>
  );
}

function ExportBody({ request }: { request: PrivacyRequest }) {
  return (
    <>
      <p style={{ marginTop: 0, maxWidth: '64ch' }}>
        The archive is made anew each time it is downloaded, and is not kept here. Look through it
        before you hand it over: others are named in it too.
      </p>
      <Button
        component="a"
        href={apiUrl(`/privacy/requests/${request.id}/archive.zip`)}
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        Download the archive
      </Button>
      {!!request.withheld && (
        <Alert color="yellow" variant="light" mt="md">
          {plural(request.withheld, 'record is', 'records are')} kept private by colleagues and
          listed by date only. They have a task to share them or to hand them over.
        </Alert>
      )}
      <Section title="What it holds">
        <Counts counts={request.counts} held />
      </Section>
    </>
  );
}

const progress: Record<string, string> = {
  planning: 'Going through everything to see what the erasure would do. Nothing is changed.',
  working: 'Taking the person out of every record, text, mail and index.',
  scrubbing: 'Nobody is named any more. The files of the store are being written anew.',
};

function Working({ request }: { request: PrivacyRequest }) {
  return (
    <div role="status" style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
      <Loader size="sm" aria-hidden />
      <span>{progress[request.state]} You can leave this page.</span>
    </div>
  );
}

function Outcome({ request }: { request: PrivacyRequest }) {
  return (
    <>
      <Facts>
        <Fact name="Ground">{groundWords[request.ground ?? '']}</Fact>
        <Fact name="Reason">{request.reason}</Fact>
        <Fact name="Confirmed">
          {request.confirmedAt && `${formatInstant(request.confirmedAt)}, ${request.by}`}
        </Fact>
        <Fact name="Done">{request.doneAt && formatInstant(request.doneAt)}</Fact>
        <Fact name="In the books">
          {request.pseudonymId && (
            <TextLink to="/stakeholders/$id" params={{ id: request.pseudonymId }}>
              Erased donor {request.code}
            </TextLink>
          )}
        </Fact>
      </Facts>
      <Alert color="yellow" variant="light" mt="md">
        Backups made before this still hold the person. Remove them, or erase again after one is
        restored.
      </Alert>
      <Section title="What was done">
        <Counts counts={request.counts} />
      </Section>
    </>
  );
}
