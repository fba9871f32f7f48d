import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { BankStatement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { sayDone } from '@/shared/ui/say';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { RevertDialog } from '../RevertDialog';
import { alreadyWords, statementsQuery, useBankWrite } from './queries';
import classes from './bank.module.css';

export function StatementHistory() {
  const [chosen, setChosen] = useState<BankStatement | null>(null);
  return (
    <Section title="Statements">
      <Ready query={useQuery(statementsQuery)} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No statement has been imported yet." />
          ) : (
            <PlainTable label="Statements" minWidth={720} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>File</Table.Th>
                  <Table.Th>Account</Table.Th>
                  <Table.Th>Days</Table.Th>
                  <Table.Th>Payments in</Table.Th>
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

function Row({ one, onRevert }: { one: BankStatement; onRevert: () => void }) {
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {one.revertedAt ? (
          one.name
        ) : (
          <TextLink to="/funding/bank" search={{ statementId: one.id, state: 'any' }}>
            {one.name}
          </TextLink>
        )}
        <div className={classes.mute}>{one.format}</div>
      </Table.Td>
      <Table.Td>{one.accounts.join(', ')}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {formatDate(one.from)}
        {one.to !== one.from && ` – ${formatDate(one.to)}`}
      </Table.Td>
      <Table.Td>
        {one.added} of {one.credits} new
        <div className={classes.mute}>{alreadyWords(one)}</div>
      </Table.Td>
      <Table.Td>
        <When at={one.createdAt} />
        <div className={classes.mute}>{one.by}</div>
      </Table.Td>
      <Table.Td ta="right">
        {one.revertedAt ? (
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

function Revert({ one, onClose }: { one: BankStatement; onClose: () => void }) {
  const revert = useBankWrite(
    ({ id }: BankStatement) =>
      data(api.POST('/bank/statements/{id}/revert', { params: { path: { id } } })),
    () => sayDone(`${one.name} has been taken back.`),
    true,
  );
  return (
    <RevertDialog name={one.name} revert={() => revert.mutateAsync(one)} onClose={onClose}>
      {`${plural(one.added, 'payment')} will be gone, with the income that was made of them. The statement can be imported again.`}
    </RevertDialog>
  );
}
