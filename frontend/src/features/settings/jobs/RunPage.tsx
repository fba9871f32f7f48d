import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Run } from '@/shared/api/types';
import { formatDuration } from '@/shared/format/date';
import { formatCount } from '@/shared/format/number';
import { say } from '@/shared/format/words';
import { jobWords } from '@/shared/runs/jobWords';
import { OutcomeTag } from '@/shared/runs/OutcomeTag';
import { EmptyState, LoadingPage, Ready } from '@/shared/states/states';
import { Fact, Facts } from '@/shared/ui/Facts';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import { countLabel } from './countWords';
import { runQuery } from './queries';
import { RunProgress } from './RunProgress';

const route = getRouteApi('/house/settings/jobs/runs/$id');

export function RunPage() {
  const { id } = route.useParams();
  const query = useQuery(runQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(run) => <Details run={run} />}
    </Ready>
  );
}

function Details({ run }: { run: Run }) {
  return (
    <Page
      title={`${say(jobWords, run.job)} run`}
      aside={<OutcomeTag outcome={run.outcome} />}
      narrow
      back={
        <TextLink to="/settings/jobs">
          <BackLabel>Jobs</BackLabel>
        </TextLink>
      }
    >
      {run.outcome === 'running' ? (
        <RunProgress id={run.id} />
      ) : (
        <p style={{ marginTop: 0, fontSize: 17 }}>{run.message}</p>
      )}
      <Facts>
        <Fact name="Started">
          <When at={run.startedAt} />
        </Fact>
        <Fact name="Took">{run.endedAt && formatDuration(run.startedAt, run.endedAt)}</Fact>
        <Fact name="Started by">{run.by}</Fact>
        {Object.entries(run.counts).map(([name, n]) => (
          <Fact key={name} name={countLabel(name)}>
            {formatCount(n)}
          </Fact>
        ))}
      </Facts>
      <Section title="Not taken" aside={run.rejects.length > 0 && formatCount(run.rejects.length)}>
        {run.rejects.length === 0 ? (
          <EmptyState title="Every record was taken." />
        ) : (
          <Table layout="fixed" style={{ overflowWrap: 'anywhere' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="38%">Record</Table.Th>
                <Table.Th>Reason</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {run.rejects.map((reject, i) => (
                <Table.Tr key={`${reject.ref}-${i}`}>
                  <Table.Td>{reject.ref}</Table.Td>
                  <Table.Td>{reject.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Section>
    </Page>
  );
}
