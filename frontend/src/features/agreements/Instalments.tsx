import { Button, Table } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { Agreement, Instalment } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { earmarkingWords, say } from '@/shared/format/words';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { RowMenu, type RowAction } from '@/shared/ui/RowMenu';
import { sayFailed } from '@/shared/ui/say';
import { Tag } from '@/shared/ui/Tag';
import { InstalmentDialog } from './InstalmentDialog';
import { MoveInstalmentDialog } from './MoveInstalmentDialog';
import { atPart, useWrite } from './queries';
import { instalmentKindWords, instalmentStateWords } from './words';
import classes from './agreements.module.css';

type Open =
  { what: 'edit'; part: Instalment | null } | { what: 'requested' | 'paid'; part: Instalment };

/** What is due to us under an agreement, and how far each payment is. */
export function Instalments({ one, mayWrite }: { one: Agreement; mayWrite: boolean }) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Section
      title="Instalments"
      actions={
        mayWrite && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={!one.amount}
            onClick={() => setOpen({ what: 'edit', part: null })}
          >
            Add instalment
          </Button>
        )
      }
    >
      {one.instalments.length === 0 ? (
        <p className={classes.mute}>
          {one.amount
            ? 'No instalment yet.'
            : 'Instalments follow once the agreement has an amount.'}
        </p>
      ) : (
        <PlainTable label="Instalments" minWidth={520} stacked>
          <Table.Tbody>
            {one.instalments.map((part) => (
              <InstalmentRow key={part.id} {...{ one, part, mayWrite }} onOpen={setOpen} />
            ))}
          </Table.Tbody>
        </PlainTable>
      )}
      {open?.what === 'edit' && <InstalmentDialog one={one} part={open.part} onClose={close} />}
      {open && open.what !== 'edit' && (
        <MoveInstalmentDialog one={one} part={open.part} to={open.what} onClose={close} />
      )}
    </Section>
  );
}

interface RowProps {
  one: Agreement;
  part: Instalment;
  mayWrite: boolean;
  onOpen: (open: Open) => void;
}

function InstalmentRow({ one, part, mayWrite, onOpen }: RowProps) {
  const late = part.state !== 'paid' && part.due < one.today;
  return (
    <Table.Tr>
      <Table.Td>
        <strong style={{ fontWeight: 600 }}>{instalmentKindWords[part.kind]}</strong>{' '}
        <span className={classes.mute}>due {formatDate(part.due)}</span>
        <Details part={part} />
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Tag tone={part.state === 'paid' ? 'good' : late ? 'bad' : 'plain'}>
          {late ? 'Overdue' : instalmentStateWords[part.state]}
        </Tag>
        <div className={classes.mute}>
          {part.paidOn
            ? formatDate(part.paidOn)
            : part.requestedOn && `requested ${formatDate(part.requestedOn)}`}
        </div>
      </Table.Td>
      <Table.Td className="num" ta="right" style={{ whiteSpace: 'nowrap' }}>
        {formatMoney(part.amount)}
      </Table.Td>
      {mayWrite && (
        <Table.Td ta="right" w={40}>
          <Moves one={one} part={part} onOpen={onOpen} />
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function Details({ part }: { part: Instalment }) {
  const lines = [
    say(earmarkingWords, part.earmarking),
    ...part.allocations.map(({ fund, project, year, amount }) =>
      [[fund, project, year].filter(Boolean).join(', '), formatMoney(amount)]
        .filter(Boolean)
        .join(': '),
    ),
    part.note,
  ].filter(Boolean);
  return lines.map((line, i) => (
    <div key={i} className={classes.mute}>
      {line}
    </div>
  ));
}

function Moves({ one, part, onOpen }: Omit<RowProps, 'mayWrite'>) {
  const back = useWrite(() =>
    data(
      api.PUT('/agreements/{id}/instalments/{part}/state', {
        params: atPart(one, part.id),
        body: { state: 'scheduled' },
      }),
    ),
  );
  const remove = useWrite(() =>
    data(api.DELETE('/agreements/{id}/instalments/{part}', { params: atPart(one, part.id) })),
  );
  const run = (write: typeof back) => () => write.mutate(undefined, { onError: sayFailed });
  const actions: RowAction[] = [{ label: 'Edit', onClick: () => onOpen({ what: 'edit', part }) }];
  if (one.signedOn && part.state !== 'paid') {
    if (part.state === 'scheduled')
      actions.push({ label: 'Requested…', onClick: () => onOpen({ what: 'requested', part }) });
    actions.push({ label: 'Paid…', onClick: () => onOpen({ what: 'paid', part }) });
  }
  if (part.state !== 'scheduled') actions.push({ label: 'Back to scheduled', onClick: run(back) });
  if (part.state !== 'paid') actions.push({ label: 'Remove', danger: true, onClick: run(remove) });
  return (
    <RowMenu of={`${instalmentKindWords[part.kind]}, ${formatDate(part.due)}`} actions={actions} />
  );
}
