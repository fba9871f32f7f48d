import { Anchor, Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, apiUrl, data } from '@/shared/api/client';
import type { AwardImport } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { RevertDialog } from '../RevertDialog';
import classes from './awards.module.css';
import { importsQuery, useAwardsWrite } from './queries';
import { broughtWords, kindWords, yearsWords } from './words';

/** The files that were imported, with the way back. */
export function AwardImports() {
  const [chosen, setChosen] = useState<AwardImport | null>(null);
  return (
    <Section title="Earlier imports">
      <Ready query={useQuery(importsQuery)} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nothing has been imported yet." />
          ) : (
            <PlainTable label="Earlier imports" minWidth={720} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>File</Table.Th>
                  <Table.Th>What it brought</Table.Th>
                  <Table.Th>Years</Table.Th>
                  <Table.Th>Imported</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Row key={one.id} one={one} onRevert={() => setChosen(one)} />
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
      {chosen && <Revert one={chosen} onClose={() => setChosen(null)} />}
    </Section>
  );
}

function Row({ one, onRevert }: { one: AwardImport; onRevert: () => void }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {one.name}
        <div className={classes.mute}>{kindWords[one.kind]}</div>
      </Table.Td>
      <Table.Td>
        {broughtWords(one)}
        {one.rejected > 0 && (
          <div>
            <Anchor
              href={apiUrl(`/award-imports/${one.id}/rejects.csv`)}
              download
              fz="sm"
              aria-label={`${one.rejected} not taken of ${one.name}, as CSV`}
            >
              {one.rejected} not taken, CSV
            </Anchor>
          </div>
        )}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {yearsWords(one.firstYear, one.lastYear)}
      </Table.Td>
      <Table.Td>
        <When at={one.liveAt ?? one.createdAt} />
        <div className={classes.mute}>{one.by}</div>
      </Table.Td>
      <Table.Td ta="right">
        {one.state === 'reverted' ? (
          <Tag>Reverted</Tag>
        ) : (
          <Button size="xs" variant="default" onClick={onRevert} aria-label={`Revert ${one.name}`}>
            Revert
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Revert({ one, onClose }: { one: AwardImport; onClose: () => void }) {
  const revert = useAwardsWrite(
    ({ id }: AwardImport) =>
      data(api.POST('/award-imports/{id}/revert', { params: { path: { id } } })),
    `${one.name} has been taken back.`,
  );
  return (
    <RevertDialog name={one.name} revert={() => revert.mutateAsync(one)} onClose={onClose}>
      {consequences(one)}
    </RevertDialog>
  );
}

function consequences({ created, changed, unchanged }: AwardImport): string {
  return [
    created > 0 &&
      `${plural(created, 'award')} will be gone from every list and figure, unless a later file has brought ${created === 1 ? 'it' : 'them'} again.`,
    changed > 0 && `${plural(changed, 'award')} will be as before the file corrected them.`,
    unchanged > 0 &&
      `${plural(unchanged, 'award')} known before will stay, as long as another file holds them.`,
    'The file can be imported again.',
  ]
    .filter(Boolean)
    .join(' ');
}
