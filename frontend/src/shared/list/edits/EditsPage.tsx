import { Table, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkEdit, ListDescription } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { When } from '@/shared/ui/When';
import { listQuery } from '../describe';
import type { ValueWords } from '../filter/words';
import type { BulkList, Words } from './bulkList';
import classes from './edits.module.css';
import { editsQuery } from './queries';
import { Rows } from './Rows';
import { UndoEdit } from './UndoEdit';
import { useValueNames } from './valueNames';
import { records, sayOperations } from './words';

interface EditsPageProps {
  of: BulkList;
  words: Words;
}

/** The bulk edits of a list that were made, each to be taken back. */
export function EditsPage({ of, words }: EditsPageProps) {
  const edits = useQuery(editsQuery(of.list));
  const about = useQuery(listQuery(of.list));
  return (
    <Page
      title="Bulk edits"
      back={
        <TextLink to={of.to}>
          <BackLabel>{of.name}</BackLabel>
        </TextLink>
      }
    >
      <Ready query={edits}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing was edited in bulk.">
              Select rows in the list to change many at once.
            </EmptyState>
          ) : (
            <Ready query={about}>
              {(about) => <Edits {...{ of, words, about }} edits={items} />}
            </Ready>
          )
        }
      </Ready>
    </Page>
  );
}

function Edits(props: EditsPageProps & { edits: BulkEdit[]; about: ListDescription }) {
  const { of, words, edits, about } = props;
  const [shown, setShown] = useState<BulkEdit | null>(null);
  const mayWrite = useMay(of.may);
  const said: ValueWords = { words, names: useValueNames(edits, about.deeds) };
  const what = (edit: BulkEdit) => sayOperations(edit.operations, about.deeds, said);
  return (
    <>
      <PlainTable label="Bulk edits" minWidth={640} stacked>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What was done</Table.Th>
            <Table.Th>Changed</Table.Th>
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
                <UnstyledButton className={classes.what} onClick={() => setShown(edit)}>
                  {what(edit)}
                </UnstyledButton>
              </Table.Td>
              <Table.Td>{records(edit.counts.done)}</Table.Td>
              <Table.Td>{edit.by}</Table.Td>
              <Table.Td>
                <When at={edit.appliedAt} />
              </Table.Td>
              <Table.Td ta="right">
                {edit.state === 'undone' ? (
                  <Undone edit={edit} />
                ) : (
                  mayWrite && <UndoEdit edit={edit} of={of} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
      <Dialog
        className="for-thumbs"
        opened={shown !== null}
        onClose={() => setShown(null)}
        size={720}
        title={shown && what(shown)}
      >
        {shown && (
          <>
            <p className={classes.hint}>{sum(shown)}</p>
            <Rows id={shown.id} states={touched} about={about} words={words} />
          </>
        )}
      </Dialog>
    </>
  );
}

/** What became of the records of an edit that was made. */
const touched: Parameters<typeof Rows>[0]['states'] = ['done', 'skipped', 'kept', 'undone'];

function sum({ counts }: BulkEdit): string {
  const said = [`${records(counts.done)} changed`];
  if (counts.skipped > 0) said.push(`${formatCount(counts.skipped)} left alone`);
  if (counts.undone > 0) said.push(`${formatCount(counts.undone)} put back`);
  if (counts.kept > 0) said.push(`${formatCount(counts.kept)} kept what was changed since`);
  return `${said.join(', ')}.`;
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
