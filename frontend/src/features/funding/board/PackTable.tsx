import { Button, Table } from '@mantine/core';
import { apiUrl } from '@/shared/api/client';
import type { BoardPack } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { TextLink } from '@/shared/ui/links';
import { PlainTable } from '@/shared/ui/PlainTable';
import { When } from '@/shared/ui/When';
import classes from '../funding.module.css';
import { PackProgress } from './PackProgress';
import { underWay } from './queries';
import { stateWords, viewWords } from './words';

export function PackTable({ packs }: { packs: BoardPack[] }) {
  return (
    <PlainTable label="Board packs" minWidth={760} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Pack</Table.Th>
          <Table.Th>Figures</Table.Th>
          <Table.Th>Made</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Document</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {packs.map((pack) => (
          <Table.Tr key={pack.id}>
            <Table.Td maw={420}>
              <TextLink to="/funding/board/$id" params={{ id: pack.id }} fw={600}>
                {pack.title}
              </TextLink>
              {pack.notes && <Excerpt of={pack.notes} />}
            </Table.Td>
            <Table.Td>
              {pack.from === pack.to ? pack.to : `${pack.from} to ${pack.to}`}, {pack.basis}
              <div className={classes.hint}>{viewWords[pack.view]}</div>
            </Table.Td>
            <Table.Td>
              {underWay(pack) ? (
                <PackProgress pack={pack} />
              ) : pack.state === 'done' ? (
                <>
                  <When at={pack.madeAt} short /> by {pack.by}
                  <div className={classes.hint}>as of {formatDate(pack.asOf)}</div>
                </>
              ) : (
                <>
                  {stateWords[pack.state]}
                  <div className={classes.hint}>{pack.message}</div>
                </>
              )}
            </Table.Td>
            <Table.Td ta="right">{pack.state === 'done' && <PdfLink pack={pack} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}

/** The beginning of the notes; the pack has them whole. */
function Excerpt({ of }: { of: string }) {
  return <div className={classes.hint}>{of.length > 140 ? `${of.slice(0, 140)}…` : of}</div>;
}

export function PdfLink({ pack, large = false }: { pack: BoardPack; large?: boolean }) {
  return (
    <Button
      component="a"
      href={apiUrl(`/board/packs/${pack.id}/pack.pdf`)}
      download={`board-pack-${pack.asOf ?? ''}.pdf`}
      size={large ? 'sm' : 'xs'}
      variant={large ? 'filled' : 'default'}
      aria-label={`Download ${pack.title} as PDF`}
    >
      {large ? 'Download PDF' : 'PDF'}
    </Button>
  );
}
