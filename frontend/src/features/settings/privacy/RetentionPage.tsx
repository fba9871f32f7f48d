import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Retention } from '@/shared/api/types';
import { LoadingRows, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { retentionQuery, useDryRun } from './retention';
import { RuleRow } from './RuleRow';

/** What is removed when it has been kept long enough: nothing, until somebody has looked and says so. */
export function RetentionPage() {
  const query = useQuery(retentionQuery);
  return (
    <Page
      title="Retention"
      back={
        <TextLink to="/settings/privacy">
          <BackLabel>Privacy</BackLabel>
        </TextLink>
      }
    >
      <p style={{ marginTop: 0, maxWidth: '64ch' }}>
        A rule that is on removes each night what has been kept longer than its days. It can be
        switched on within a day after a dry run, which counts what would go and removes nothing.
      </p>
      <Ready query={query} loading={<LoadingRows rows={6} />}>
        {(set) => <Rules set={set} />}
      </Ready>
    </Page>
  );
}

function Rules({ set }: { set: Retention }) {
  const dryRun = useDryRun(set);
  return (
    <>
      <PlainTable label="Rules" minWidth={640} stacked>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>Kept for</Table.Th>
            <Table.Th>Dry run</Table.Th>
            <Table.Th>On</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {set.rules.map((rule) => (
            <RuleRow key={`${rule.name} ${rule.days}`} rule={rule} rev={set.rev} />
          ))}
        </Table.Tbody>
      </PlainTable>
      <Button variant="default" mt="md" loading={dryRun.isPending} onClick={() => dryRun.mutate()}>
        Make a dry run
      </Button>
    </>
  );
}
