import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconExternalLink } from '@tabler/icons-react';
import type { CallPage } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import { StateTag } from '@/shared/calls/StateTag';
import { EmptyState, LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { CallFacts } from './CallFacts';
import classes from './calls.module.css';
import { ChangeLog } from './ChangeLog';
import { Opportunities } from './Opportunities';
import { Prose } from './Prose';
import { callQuery } from './queries';

const route = getRouteApi('/house/calls/$id');

export function CallRecordPage() {
  const { id } = route.useParams();
  const query = useQuery(callQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(call) => <Record call={call} />}
    </Ready>
  );
}

function Record({ call }: { call: CallPage }) {
  const mayAsk = useMay('funding:write');
  return (
    <Page
      title={call.title}
      aside={<StateTag state={call.state} />}
      back={
        <TextLink to="/calls">
          <BackLabel>Calls</BackLabel>
        </TextLink>
      }
      actions={
        <>
          {call.url && (
            <Button
              component="a"
              href={call.url}
              target="_blank"
              rel="noreferrer"
              variant="default"
              rightSection={<IconExternalLink size={15} aria-hidden />}
            >
              Open at the source
            </Button>
          )}
          {mayAsk && (
            <ButtonLink to="/pipeline/new" search={{ call: call.id }}>
              Convert to opportunity
            </ButtonLink>
          )}
        </>
      }
    >
      <div className={classes.columns}>
        <div style={{ minWidth: 0 }}>
          {call.description || call.summary ? (
            <Section title="Description">
              <Prose html={call.description} text={call.summary} />
            </Section>
          ) : (
            <EmptyState title="The source gives no description.">
              Its own page, behind “Open at the source”, may say more.
            </EmptyState>
          )}
          {call.conditions && (
            <Section title="Conditions">
              <Prose html={call.conditions} />
            </Section>
          )}
        </div>
        <div className={classes.facts}>
          <Opportunities callId={call.id} />
          <CallFacts call={call} />
          <ChangeLog call={call} />
        </div>
      </div>
    </Page>
  );
}
