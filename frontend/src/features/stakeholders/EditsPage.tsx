import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BulkEdit, Deed } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { listQuery } from '@/shared/list/describe';
import { editsQuery, useWork } from '@/shared/list/edits/queries';
import { records, sayOperation } from '@/shared/list/edits/words';
import { useMay } from '@/shared/session/session';
import { useStakeholderNames } from '@/shared/stakeholders/names';
import { EmptyState, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { sayDone } from '@/shared/ui/say';
import { When } from '@/shared/ui/When';
import { valueWords } from './words';

/** The bulk edits that were made, each to be taken back. */
export function EditsPage() {
  const edits = useQuery(editsQuery);
  const about = useQuery(listQuery('stakeholders'));
  const mayWrite = useMay('stakeholders:write');
  return (
    <Page
      title="Bulk edits"
      back={
        <TextLink to="/stakeholders">
          <BackLabel>Stakeholders</BackLabel>
        </TextLink>
      }
    >
      <Ready query={edits}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing was edited in bulk.">
              Select rows in the list of stakeholders to change many at once.
            </EmptyState>
          ) : (
            <Edits edits={items} deeds={about.data?.deeds ?? []} mayWrite={mayWrite} />
          )
        }
      </Ready>
    </Page>
  );
}

function Edits(props: { edits: BulkEdit[]; deeds: Deed[]; mayWrite: boolean }) {
  const { edits, deeds, mayWrite } = props;
  const parents = edits.flatMap(({ operations }) =>
    operations.filter((one) => one.do === 'setParent' && one.value).map(({ value = '' }) => value),
  );
  const words = { words: valueWords, names: useStakeholderNames(parents) };
  return (
    <PlainTable label="Bulk edits" minWidth={640} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>What was done</Table.Th>
          <Table.Th>Records</Table.Th>
          <Table.Th>By</Table.Th>
          <Table.Th>When</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Action</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {edits.map((edit) => (
          <Table.Tr key={edit.id}>
            <Table.Td fw={500}>
              {edit.operations.map((one) => sayOperation(one, deeds, words)).join(', ')}
            </Table.Td>
            <Table.Td>{formatCount(edit.counts.done)}</Table.Td>
            <Table.Td>{edit.by}</Table.Td>
            <Table.Td>
              <When at={edit.appliedAt} />
            </Table.Td>
            <Table.Td ta="right">
              {edit.state === 'undone' ? <Undone edit={edit} /> : mayWrite && <Undo edit={edit} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}

function Undone({ edit: { counts } }: { edit: BulkEdit }) {
  const kept = counts.kept > 0 ? `, ${formatCount(counts.kept)} kept what was changed since` : '';
  return (
    <>
      Undone
      {kept}
    </>
  );
}

function Undo({ edit }: { edit: BulkEdit }) {
  const work = useWork();
  return (
    <Button
      size="xs"
      variant="default"
      loading={work.isPending}
      aria-label={`Undo the edit of ${records(edit.counts.done)}`}
      onClick={() =>
        work.mutate(
          { id: edit.id, way: 'undo' },
          { onSuccess: ({ counts }) => sayDone(`${records(counts.undone)} as before.`) },
        )
      }
    >
      Undo
    </Button>
  );
}
