import { Alert } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { StakeholderImport } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { LoadingPage, Ready } from '@/shared/states/states';
import { FileWork } from '@/shared/ui/FileWork';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Tag } from '@/shared/ui/Tag';
import { Mapping } from './Mapping';
import { importQuery, isWorking, useStep } from './queries';
import { Result } from './Result';
import { stateTones, stateWords } from './words';

const route = getRouteApi('/house/stakeholders/import/$id');

/** One import, from its file to its end: what is shown follows from where it stands. */
export function ImportPage() {
  const { id } = route.useParams();
  const query = useQuery(importQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Stage one={one} />}
    </Ready>
  );
}

function Stage({ one }: { one: StakeholderImport }) {
  const client = useQueryClient();
  const settled = one.state === 'live' || one.state === 'reverted';
  useEffect(() => {
    if (settled) void client.invalidateQueries({ queryKey: ['stakeholders'] });
  }, [settled, client]);
  return (
    <Page
      title={one.name}
      aside={<Tag tone={stateTones[one.state]}>{stateWords[one.state]}</Tag>}
      back={
        <TextLink to="/stakeholders/import">
          <BackLabel>Imports</BackLabel>
        </TextLink>
      }
    >
      {one.message && (
        <Alert color="yellow" variant="light" mb="md">
          {one.message}
        </Alert>
      )}
      {one.sameAs && !settled && (
        <Alert color="yellow" variant="light" mb="md">
          {one.sameAs}
        </Alert>
      )}
      {isWorking(one) && <Working one={one} />}
      {one.state === 'uploaded' && <Mapping one={one} />}
      {(one.state === 'checked' || settled) && <Result one={one} />}
      <p className="visually-hidden" role="status">
        {stateWords[one.state]}
      </p>
    </Page>
  );
}

function Working({ one }: { one: StakeholderImport }) {
  const stop = useStep(one, 'stop');
  const rows = one.counts.rows;
  return (
    <FileWork
      doing={one.phase === 'waiting' ? 'Waiting for its turn' : stateWords[one.state]}
      told={one.finished > 0 ? `${plural(one.finished, 'row')} so far` : ''}
      value={rows > 0 && one.phase === 'checking' ? (100 * one.finished) / rows : 100}
      size={one.size}
      stopping={Boolean(one.stop)}
      stop={stop}
    />
  );
}
