import { Anchor, Table } from '@mantine/core';
import type { FeeCell, FeeOverview, FeePayer } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMajor, formatMoney } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import classes from '../funding.module.css';
import type { Asked } from './FeeLinesDialog';
import { useCurrency } from '@/shared/session/session';

interface FeeTableProps {
  of: FeeOverview;
  onLines: (asked: Asked) => void;
}

/** The newest year in full, the ones before as what was paid and what is still open. */
export function FeeTable({ of, onLines }: FeeTableProps) {
  const [first, ...earlier] = of.labels;
  return (
    <>
      <PlainTable label="Membership fees" minWidth={820}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Member</Table.Th>
            {['Due', 'Paid', 'Outstanding'].map((name) => (
              <Table.Th key={name} scope="col" ta="right">
                {name} {first}
              </Table.Th>
            ))}
            {earlier.map((label) => (
              <Table.Th key={label} scope="col" ta="right">
                Paid {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.payers.map((payer) => (
            <Payer key={payer.id} of={of} payer={payer} onLines={onLines} />
          ))}
        </Table.Tbody>
      </PlainTable>
      <p className={classes.basis}>
        Basis: cash · as of {formatDate(of.asOf)} · a fee in {useCurrency()} counts payments in
        other currencies at their frozen rate
      </p>
    </>
  );
}

interface PayerProps extends FeeTableProps {
  payer: FeePayer;
}

function Payer({ of, payer, onLines }: PayerProps) {
  const paid = (cell: FeeCell, i: number) => (
    <Paid
      cell={cell}
      what={`${payer.name}, paid for ${of.labels[i]}`}
      onLines={() =>
        onLines({
          id: payer.id,
          name: payer.name,
          year: of.years[i] ?? 0,
          label: of.labels[i] ?? '',
        })
      }
    />
  );
  const [first, ...earlier] = payer.cells;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <TextLink to="/stakeholders/$id" params={{ id: payer.id }} c="inherit" fw={500}>
          {payer.name}
        </TextLink>{' '}
        {!payer.member && <Tag>Not a member</Tag>}
      </Table.Th>
      <Table.Td ta="right" className={classes.sum}>
        {first?.due ? formatMoney(first.due) : 'n/a'}
        {first?.reason && <div className={classes.hint}>{first.reason}</div>}
      </Table.Td>
      <Table.Td ta="right" className={classes.sum}>
        {first && paid(first, 0)}
      </Table.Td>
      <Table.Td ta="right" className={classes.sum}>
        {first?.outstanding ? <Open cell={first} /> : 'n/a'}
      </Table.Td>
      {earlier.map((cell, i) => (
        <Table.Td key={of.years[i + 1]} ta="right" className={classes.sum}>
          {paid(cell, i + 1)}
          {(cell.outstanding?.minor ?? 0) > 0 && (
            <div>
              <Tag tone="warn">{`${formatMajor(cell.outstanding?.minor ?? 0, cell.paid.currency)} open`}</Tag>
            </div>
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function Open({ cell }: { cell: FeeCell }) {
  return cell.outstanding && cell.outstanding.minor > 0 ? (
    <strong>{formatMoney(cell.outstanding)}</strong>
  ) : (
    <span className={classes.hint}>paid</span>
  );
}

interface PaidProps {
  cell: FeeCell;
  what: string;
  onLines: () => void;
}

/** What was paid; it opens the lines that it is made of. */
function Paid({ cell, what, onLines }: PaidProps) {
  if (cell.lines === 0) return '–';
  const text = formatMoney(cell.paid);
  return (
    <>
      <Anchor
        component="button"
        type="button"
        fz="inherit"
        aria-label={`${what}: ${text}`}
        onClick={onLines}
      >
        {text}
      </Anchor>
      {cell.elsewhere > 0 && (
        <div className={classes.hint}>and {cell.elsewhere} in another currency</div>
      )}
    </>
  );
}
