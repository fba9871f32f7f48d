import { Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { StakeholderImport } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { FileDrop } from '@/shared/forms/FileDrop';
import { EmptyState, ErrorState, LoadingRows, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { imports, importsQuery, sendFile } from './queries';
import { stateTones, stateWords } from './words';

/** Begin an import, or go back to an earlier one. */
export function ImportsPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const list = useQuery(importsQuery);
  const send = useMutation({
    mutationFn: sendFile,
    onError: () => {
      // The page shows the error below the place for the file.
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: imports });
      await navigate({ to: '/stakeholders/import/$id', params: { id } });
    },
  });
  return (
    <Page
      title="Import stakeholders"
      back={
        <TextLink to="/stakeholders">
          <BackLabel>Stakeholders</BackLabel>
        </TextLink>
      }
    >
      <FileDrop
        file={send.variables ?? null}
        busy={send.isPending}
        onFile={(file) => send.mutate(file)}
        title="Drop a CSV, XLSX or vCard file here"
        hint="Delimiter, encoding and columns are recognised, and you can correct them. Nothing is saved before you have seen what would become of every row. Up to 64 MB."
        accept=".csv,.txt,.tsv,.xlsx,.vcf,text/csv,text/vcard"
        label="File of stakeholders"
      />
      {send.error && <ErrorState error={send.error} />}
      <Section title="Earlier imports">
        <Ready query={list} loading={<LoadingRows rows={4} />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="Nothing has been imported yet." />
            ) : (
              <Earlier items={items} />
            )
          }
        </Ready>
      </Section>
    </Page>
  );
}

function Earlier({ items }: { items: StakeholderImport[] }) {
  return (
    <PlainTable label="Earlier imports" minWidth={640} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>File</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th ta="right">Created</Table.Th>
          <Table.Th ta="right">Updated</Table.Th>
          <Table.Th>Uploaded</Table.Th>
          <Table.Th>By</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <TextLink to="/stakeholders/import/$id" params={{ id: one.id }}>
                {one.name}
              </TextLink>
            </Table.Td>
            <Table.Td>
              <Tag tone={stateTones[one.state]}>{stateWords[one.state]}</Tag>
            </Table.Td>
            <Table.Td ta="right">{formatCount(one.counts.create)}</Table.Td>
            <Table.Td ta="right">{formatCount(one.counts.update)}</Table.Td>
            <Table.Td>
              <When at={one.createdAt} />
            </Table.Td>
            <Table.Td>{one.by}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
