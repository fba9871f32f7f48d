import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import type { DiligenceCase } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { useMay } from '@/shared/session/session';
import { LoadingPage, Ready } from '@/shared/states/states';
import { Fact, Facts } from '@/shared/ui/Facts';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { RowMenu } from '@/shared/ui/RowMenu';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { CaseTags } from './columns';
import { CaseForm } from './CaseForm';
import { CaseRead } from './CaseRead';
import { Decision } from './Decision';
import { History } from './History';
import { at, caseQuery, useWrite } from './queries';
import { Screening } from './Screening';
import { useBase } from '@/shared/conflict/useBase';
import classes from './diligence.module.css';

const route = getRouteApi('/house/funding/diligence/$id');

export function CasePage() {
  const { id } = route.useParams();
  const query = useQuery(caseQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Record key={one.id} one={one} />}
    </Ready>
  );
}

function Record({ one }: { one: DiligenceCase }) {
  const mayWrite = useMay('funding:write');
  const open = one.state === 'open';
  const { standing } = one;
  const { base, unsaved, onUnsaved, isBehind, drop, onSaved } = useBase(one);
  return (
    <Page
      title={one.donorName || one.name}
      tabTitle={`Due diligence: ${one.donorName || one.name}`}
      aside={<CaseTags one={one} />}
      back={
        <TextLink to="/funding/diligence">
          <BackLabel>Due diligence</BackLabel>
        </TextLink>
      }
      actions={mayWrite && open && <Remove one={one} />}
    >
      {one.state === 'replaced' && one.replacedBy && (
        <Alert color="yellow" variant="light" mb="md">
          A later case was decided.{' '}
          <TextLink to="/funding/diligence/$id" params={{ id: one.replacedBy }} underline="always">
            See it
          </TextLink>
        </Alert>
      )}
      {!open && one.state !== 'replaced' && standing.warning && (
        <Alert color="red" variant="light" mb="md">
          {standing.warning}
        </Alert>
      )}
      <div className={classes.columns}>
        <div className={classes.main}>
          <Decision one={one} unsaved={unsaved} />
          <Screening one={one} />
          {mayWrite && (open || unsaved) ? (
            <CaseForm
              key={base.rev}
              one={base}
              {...{ isBehind, onUnsaved, onSaved }}
              onDrop={drop}
            />
          ) : (
            <CaseRead one={one} />
          )}
        </div>
        <div className={classes.side}>
          <About one={one} />
          <History one={one} />
        </div>
      </div>
    </Page>
  );
}

function About({ one }: { one: DiligenceCase }) {
  const { screening } = one.standing;
  return (
    <Section title="The case">
      <Facts>
        <Fact name="Donor">
          <TextLink to="/stakeholders/$id" params={{ id: one.stakeholderId }}>
            {one.donorName || one.name}
          </TextLink>
        </Fact>
        <Fact name="Opened">{formatDate(one.openedOn)}</Fact>
        <Fact name="Questions">Version {one.policyVersion} of the donor policy</Fact>
        <Fact name="Screened">
          {screening.at
            ? `${formatDate(screening.at.slice(0, 10))}, against the list of ${formatDate((screening.list ?? '').slice(0, 10))}`
            : 'Not yet: no list has come in'}
        </Fact>
        <Fact name="Names looked for">{screening.names?.join(', ')}</Fact>
      </Facts>
    </Section>
  );
}

function Remove({ one }: { one: DiligenceCase }) {
  const navigate = route.useNavigate();
  const remove = useWrite(() =>
    data(api.DELETE('/diligence/cases/{id}', { params: at(one) })).then(() =>
      navigate({ to: '/funding/diligence' }),
    ),
  );
  return (
    <RowMenu
      of={`the case of ${one.donorName}`}
      actions={[
        {
          label: 'Remove, it was a mistake',
          danger: true,
          onClick: () =>
            remove
              .mutateAsync(undefined)
              .then(() => sayDone('The case is removed.'))
              .catch(sayFailed),
        },
      ]}
    />
  );
}
