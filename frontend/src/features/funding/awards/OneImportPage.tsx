import { Alert, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { AwardImport } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Tag } from '@/shared/ui/Tag';
import classes from '../funding.module.css';
import { AwardPlan } from './AwardPlan';
import { AwardRejects } from './AwardRejects';
import { AwardWork } from './AwardWork';
import { NextSteps } from './NextSteps';
import { all, importQuery, isWorking } from './queries';
import { broughtWords, stateTones, stateWords } from './words';

const route = getRouteApi('/house/funding/funders/import/$id');

/** One file of awards, from its reading to its end: what is shown follows from where it stands. */
export function OneAwardImportPage() {
  const { id } = route.useParams();
  const query = useQuery(importQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Stage one={one} />}
    </Ready>
  );
}

function Stage({ one }: { one: AwardImport }) {
  const client = useQueryClient();
  const settled = one.state === 'live';
  useEffect(() => {
    if (settled) void client.invalidateQueries({ queryKey: all });
  }, [settled, client]);
  return (
    <Page
      title={one.name}
      aside={<Tag tone={stateTones[one.state]}>{stateWords[one.state]}</Tag>}
      back={
        <TextLink to="/funding/funders/import">
          <BackLabel>Import awards</BackLabel>
        </TextLink>
      }
    >
      {one.message && (
        <Alert color="yellow" variant="light" mb="md">
          {one.message}
        </Alert>
      )}
      {isWorking(one) && <AwardWork one={one} />}
      {one.state === 'stopped' && <NextSteps one={one} />}
      {one.state === 'checked' && <AwardPlan one={one} />}
      {one.state === 'live' && <Done one={one} />}
      {one.state === 'reverted' && <p>It was taken back. The file can be imported again.</p>}
      <p className="visually-hidden" role="status">
        {stateWords[one.state]}
      </p>
    </Page>
  );
}

function Done({ one }: { one: AwardImport }) {
  return (
    <>
      <p className={classes.verdict}>
        Imported: {broughtWords(one)}, of {plural(one.funders, 'funder')}.
      </p>
      <Group mb="lg">
        <ButtonLink to="/funding/funders">See the funders</ButtonLink>
        <ButtonLink to="/funding/funders/import" variant="default">
          Import another file
        </ButtonLink>
      </Group>
      <AwardRejects one={one} />
    </>
  );
}
