import { Button, Checkbox, Group, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { BankOutcome, SurePayment } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney, plural } from '@/shared/format/number';
import { earmarkingWords, say } from '@/shared/format/words';
import { Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { PlainTable } from '@/shared/ui/PlainTable';
import { sayUndoable } from '@/shared/ui/undo';
import { sureQuery, useBankWrite, useReopen } from './queries';
import { instalmentWords } from './words';
import classes from './bank.module.css';

/** Payments of which enough is known, to be accepted together after a look at each. */
export function SureDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title="Accept what is sure" size="xl">
      <Ready query={useQuery(sureQuery)}>
        {({ items }) => <Choice items={items} onClose={onClose} />}
      </Ready>
    </Dialog>
  );
}

interface ChoiceProps {
  items: SurePayment[];
  onClose: () => void;
}

function Choice({ items, onClose }: ChoiceProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<BankOutcome['refused']>([]);
  const reopen = useReopen();
  const accept = useBankWrite(
    (chosen: SurePayment[]) =>
      data(api.POST('/bank/sure/accept', { body: { items: chosen.map(pickOf) } })),
    ({ done, refused: not }: BankOutcome) => {
      setRefused(not);
      if (done.length > 0)
        sayUndoable(`${plural(done.length, 'payment')} booked as income.`, () =>
          reopen.mutate(done),
        );
      if (not.length === 0) onClose();
    },
  );
  const chosen = items.filter(({ id }) => !left.has(id));
  const toggle = (id: string) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  return (
    <>
      <p className={classes.verdict}>
        {items.length === 0
          ? 'No payment is sure. Decide each of them in the list.'
          : 'Each of these becomes a line of income as it says here. They can be taken back.'}
      </p>
      {items.length > 0 && (
        <PlainTable label="Payments that are sure" minWidth={640} stacked>
          <Table.Tbody>
            {items.map((one) => (
              <SureRow
                key={one.id}
                one={one}
                on={!left.has(one.id)}
                onToggle={() => toggle(one.id)}
                refusal={refused.find(({ id }) => id === one.id)?.message}
              />
            ))}
          </Table.Tbody>
        </PlainTable>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {items.length > 0 && (
          <Button
            disabled={chosen.length === 0}
            loading={accept.isPending}
            onClick={() => accept.mutate(chosen)}
          >
            Accept {plural(chosen.length, 'payment')}
          </Button>
        )}
      </Group>
    </>
  );
}

const pickOf = ({ id, rev, suggestion }: SurePayment) => ({
  id,
  rev,
  donorId: suggestion.donorId,
  expectedId: suggestion.expectedId ?? '',
});

interface SureRowProps {
  one: SurePayment;
  on: boolean;
  onToggle: () => void;
  refusal: string | undefined;
}

function SureRow({ one, on, onToggle, refusal }: SureRowProps) {
  const { suggestion, payer = 'No name' } = one;
  const kind = say(earmarkingWords, suggestion.earmarking);
  return (
    <Table.Tr>
      <Table.Td w={36}>
        <Checkbox aria-label={`Accept ${payer}`} checked={on} onChange={onToggle} />
      </Table.Td>
      <Table.Td>
        {payer}
        <div className={classes.mute}>{formatDate(one.date)}</div>
      </Table.Td>
      <Table.Td>
        <strong style={{ fontWeight: 600 }}>{suggestion.donorName}</strong>
        <div className={classes.mute}>
          {[instalmentWords(suggestion), kind].filter(Boolean).join(' · ')}
        </div>
        <div className={classes.mute}>{suggestion.reasons.join(' ')}</div>
        {refusal && <div className={classes.refusal}>{refusal}</div>}
      </Table.Td>
      <Table.Td ta="right" className="num" style={{ whiteSpace: 'nowrap' }}>
        {formatMoney(one.amount)}
      </Table.Td>
    </Table.Tr>
  );
}
