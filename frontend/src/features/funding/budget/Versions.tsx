import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { api, data } from '@/shared/api/client';
import type { BudgetVersion } from '@/shared/api/types';
import { formatMajor, plural } from '@/shared/format/number';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { sayFailed } from '@/shared/ui/say';
import { useMoneyWrite } from '../queries';
import { StateOfVersion } from './StateOfVersion';
import { totalOf } from './lines';
import { versionsQuery } from './queries';

/** The versions of a year's budget, the newest first. */
export function Versions({ year }: { year: number }) {
  const mayWrite = useMay('finance:write');
  const currency = useCurrency();
  const query = useQuery(versionsQuery(year));
  return (
    <Section
      title="Versions"
      actions={mayWrite && query.data && <NewVersion year={year} versions={query.data.items} />}
    >
      <Ready query={query} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={`No budget of ${year} yet.`}>
              A draft is changed as often as needed; once the board has adopted it, it is frozen.
            </EmptyState>
          ) : (
            <PlainTable label={`Versions of the budget of ${year}`} minWidth={560} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Version</Table.Th>
                  <Table.Th scope="col">State</Table.Th>
                  <Table.Th scope="col" ta="right">
                    Lines
                  </Table.Th>
                  <Table.Th scope="col" ta="right">
                    Total, {currency}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Row key={one.id} one={one} />
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
    </Section>
  );
}

function Row({ one }: { one: BudgetVersion }) {
  return (
    <Table.Tr>
      <Table.Td fw={500}>
        <TextLink to="/funding/budgets/$id" params={{ id: one.id }}>
          Version {one.number}
        </TextLink>
      </Table.Td>
      <Table.Td>
        <StateOfVersion of={one} />
      </Table.Td>
      <Table.Td ta="right">{plural(one.lines.length, 'line')}</Table.Td>
      <Table.Td ta="right">{formatMajor(totalOf(one.lines), useCurrency())}</Table.Td>
    </Table.Tr>
  );
}

interface NewVersionProps {
  year: number;
  versions: BudgetVersion[];
}

/** A draft that begins with the lines of the version before, or of the year before. */
function NewVersion({ year, versions }: NewVersionProps) {
  const navigate = useNavigate();
  const before = useQuery({ ...versionsQuery(year - 1), enabled: versions.length === 0 });
  const [last] = versions.length > 0 ? versions : (before.data?.items ?? []);
  const add = useMoneyWrite(
    () => data(api.POST('/budgets', { body: { year, lines: last?.lines ?? [] } })),
    'The draft is there.',
  );
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden />}
      loading={add.isPending || before.isLoading}
      disabled={before.isError}
      title={before.isError ? 'The budget of the year before cannot be read.' : undefined}
      onClick={() =>
        void add
          .mutateAsync(undefined)
          .then(({ id }) => navigate({ to: '/funding/budgets/$id', params: { id } }), sayFailed)
      }
    >
      {versions.length > 0 ? 'New version' : 'Write a budget'}
    </Button>
  );
}
