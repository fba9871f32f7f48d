import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconPencil, IconSignature, IconTrash } from '@tabler/icons-react';
import type { OpportunityPage } from '@/shared/api/types';
import { lostReasonWords, say } from '@/shared/format/words';
import { MoneyNotice } from '@/shared/funding/MoneyNotice';
import { useMay } from '@/shared/session/session';
import { LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { Effort } from './Effort';
import { GoNoGo } from './GoNoGo';
import { MoveDialog } from './MoveDialog';
import { Consortium, OpportunityFacts } from './OpportunityFacts';
import classes from './pipeline.module.css';
import { opportunityQuery, stagesQuery, useRestore, useTrash } from './queries';
import { StageLog } from './StageLog';
import { StageMover } from './StageMover';
import { StageTag } from './StageTag';
import { useMoving } from './useMoving';

const route = getRouteApi('/house/pipeline/$id');

export function OpportunityRecordPage() {
  const { id } = route.useParams();
  const query = useQuery(opportunityQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Record one={one} />}
    </Ready>
  );
}

function Record({ one }: { one: OpportunityPage }) {
  const mayWrite = useMay('funding:write');
  const rules = useQuery(stagesQuery).data?.stages ?? [];
  const moving = useMoving(rules);
  return (
    <Page
      title={one.title}
      aside={
        <span className={classes.track}>
          <StageTag stage={one.stage} />
          {mayWrite && !one.trashedAt && (
            <StageMover one={one} rules={rules} onMove={(to) => moving.ask(one, to)} />
          )}
        </span>
      }
      back={
        <TextLink to="/pipeline">
          <BackLabel>Pipeline</BackLabel>
        </TextLink>
      }
      actions={mayWrite && <RecordActions one={one} />}
    >
      {one.trashedAt && (
        <Alert color="yellow" variant="light" mb="md">
          This opportunity is in the trash. It is on no board and in no sum until it is restored.
        </Alert>
      )}
      <MoneyNotice check={one.diligence} />
      <div className={classes.columns}>
        <div style={{ minWidth: 0 }}>
          {one.lost && (
            <Section title="Why nothing came of it">
              <p className={classes.text}>
                {say(lostReasonWords, one.lost.reason)}
                {one.lost.text && `\n${one.lost.text}`}
              </p>
            </Section>
          )}
          {one.notes && (
            <Section title="Notes">
              <p className={classes.text}>{one.notes}</p>
            </Section>
          )}
          <GoNoGo one={one} />
          <Consortium one={one} />
          <Effort one={one} />
          <StageLog one={one} rules={rules} />
        </div>
        <OpportunityFacts one={one} />
      </div>
      <MoveDialog {...moving} />
    </Page>
  );
}

function RecordActions({ one }: { one: OpportunityPage }) {
  const navigate = route.useNavigate();
  const trash = useTrash();
  const restore = useRestore();
  if (one.trashedAt) {
    return (
      <Button loading={restore.isPending} onClick={() => restore.mutate(one.id)}>
        Restore
      </Button>
    );
  }
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconTrash size={16} aria-hidden />}
        loading={trash.isPending}
        onClick={() => trash.mutate(one, { onSuccess: () => void navigate({ to: '/pipeline' }) })}
      >
        Trash
      </Button>
      <ButtonLink
        to="/pipeline/$id/edit"
        params={{ id: one.id }}
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
      >
        Edit
      </ButtonLink>
      {one.stage === 'awarded' && !one.agreement && (
        <ButtonLink
          to="/funding/agreements/new"
          search={{ opportunity: one.id }}
          leftSection={<IconSignature size={16} aria-hidden />}
        >
          Make the agreement
        </ButtonLink>
      )}
    </>
  );
}
