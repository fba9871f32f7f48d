import { Button, Group, SegmentedControl, Table, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ImportRow, StakeholderImport, Verdict } from '@/shared/api/types';
import { formatTotal } from '@/shared/format/number';
import { useKeysetList } from '@/shared/list/keyset';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { imports, readRows } from './queries';
import { fieldWord, plain, verdictTones, verdictWords } from './words';

/** The rows of the file with what becomes, or became, of each. */
export function RowsTable({ one }: { one: StakeholderImport }) {
  const [verdict, setVerdict] = useState<Verdict | ''>('');
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 250);
  const list = useKeysetList(
    [...imports, 'rows', one.plan, one.state, verdict, q],
    (page, signal) => readRows(one, { verdict: verdict || undefined, q }, page, signal),
  );
  return (
    <Section
      title="Rows"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={
        <Group gap="sm">
          <SegmentedControl
            aria-label="Verdict"
            size="xs"
            value={verdict}
            onChange={(value) => setVerdict(value as Verdict | '')}
            data={[
              { value: '', label: 'All' },
              ...Object.entries(verdictWords).map(([value, label]) => ({ value, label })),
            ]}
          />
          <TextInput
            aria-label="Part of a name"
            placeholder="Part of a name"
            size="xs"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Group>
      }
    >
      {list.isPending && <LoadingRows />}
      {list.error !== null && <ErrorState error={list.error} onRetry={list.retry} />}
      {!list.isPending && list.rows.length === 0 && <EmptyState title="There is no such row." />}
      {list.rows.length > 0 && <Rows rows={list.rows} linked={one.state === 'live'} />}
      {list.hasMore && (
        <Button variant="default" mt="sm" loading={list.isLoadingMore} onClick={list.loadMore}>
          Show more
        </Button>
      )}
    </Section>
  );
}

function Rows({ rows, linked }: { rows: ImportRow[]; linked: boolean }) {
  return (
    <PlainTable label="Rows" minWidth={640} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th w={90}>Verdict</Table.Th>
          <Table.Th>What and why</Table.Th>
          <Table.Th w={80} ta="right">
            Line
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              {linked && row.targetId ? (
                <TextLink to="/stakeholders/$id" params={{ id: row.targetId }}>
                  {row.name}
                </TextLink>
              ) : (
                row.name || 'One that was merged'
              )}
            </Table.Td>
            <Table.Td>
              <Tag tone={verdictTones[row.verdict]}>{verdictWords[row.verdict]}</Tag>
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              {row.kept ?? row.reason}
              {row.changes?.map((change) => (
                <div key={change.field}>
                  {fieldWord(change.field)}: {plain(change.old)} → {plain(change.new)}
                </div>
              ))}
              {row.post && (
                <div>Post: {[row.post.title, row.post.at].filter(Boolean).join(', ')}</div>
              )}
            </Table.Td>
            <Table.Td ta="right">{row.n}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
