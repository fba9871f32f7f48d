import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Standing } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatFigure, formatMajor } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { Page, Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Downloads } from './Downloads';
import classes from './funding.module.css';
import { Mark } from './Mark';
import { MonthsChart } from './MonthsChart';
import { reservesQuery } from './queries';
import { ReserveForm } from './ReserveForm';

export function ReservesPage() {
  const mayWrite = useMay('finance:write');
  const [open, setOpen] = useState<Standing | 'new' | null>(null);
  const query = useQuery(reservesQuery);
  return (
    <Page
      title="Reserves"
      actions={
        <>
          <Downloads name="reserves" title="the statements" query={{}} table="/reserves" />
          {mayWrite && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
              New statement
            </Button>
          )}
        </>
      }
    >
      <FundingNav />
      <p className={classes.hint}>
        Free reserves are unrestricted funds, less what the board has designated and what is tied up
        in fixed assets. Their months are counted in a twelfth of the annual operating spend.
      </p>
      <Ready query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No reserve statement yet.">
              The figures of the annual accounts are enough to begin with.
            </EmptyState>
          ) : (
            <>
              <MonthsChart />
              <Section title="Statements">
                <Statements of={items} onOpen={mayWrite ? setOpen : null} />
              </Section>
            </>
          )
        }
      </Ready>
      <Dialog opened={open !== null} onClose={() => setOpen(null)} title="Reserve statement">
        {open && (
          <ReserveForm statement={open === 'new' ? null : open} onDone={() => setOpen(null)} />
        )}
      </Dialog>
    </Page>
  );
}

const amounts = [
  ['unrestricted', 'Unrestricted'],
  ['designated', 'Designated'],
  ['netFixedAssets', 'Fixed assets'],
  ['free', 'Free'],
  ['annualSpend', 'Annual spend'],
] as const;

interface StatementsProps {
  of: Standing[];
  onOpen: ((one: Standing) => void) | null;
}

function Statements({ of, onOpen }: StatementsProps) {
  const currency = useCurrency();
  const longest = Math.max(12, ...of.map(({ months }) => months ?? 0));
  return (
    <PlainTable label="Reserve statements" minWidth={820}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Date</Table.Th>
          {amounts.map(([, name]) => (
            <Table.Th key={name} scope="col" ta="right">
              {name}, {currency}
            </Table.Th>
          ))}
          <Table.Th scope="col" ta="right">
            Months
          </Table.Th>
          <Table.Th scope="col">
            <span className="visually-hidden">Months as a bar</span>
          </Table.Th>
          {onOpen && <Table.Th scope="col" aria-label="Actions" />}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Th scope="row" fw={500} style={{ whiteSpace: 'nowrap' }}>
              {formatDate(one.date)}
              {one.note && <div className={classes.hint}>{one.note}</div>}
            </Table.Th>
            {amounts.map(([field]) => (
              <Table.Td key={field} ta="right">
                {formatMajor(one[field], currency)}
              </Table.Td>
            ))}
            <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
              {one.mark && <Mark level={one.mark} below />}
              {formatFigure(one.months, 1)}
            </Table.Td>
            <Table.Td>
              <div className={classes.bar} aria-hidden>
                <span style={{ width: `${(Math.max(0, one.months ?? 0) / longest) * 100}%` }} />
              </div>
            </Table.Td>
            {onOpen && (
              <Table.Td ta="right">
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Change the statement of ${formatDate(one.date)}`}
                  onClick={() => onOpen(one)}
                >
                  Change
                </Button>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}
