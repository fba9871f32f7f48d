import { Table, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import type { Dependence, Unconverted } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import classes from './funding.module.css';

interface LeftOutProps {
  label: string;
  notConverted: Unconverted[];
  notConvertedCount: number;
  netNegative: Pick<Dependence['netNegative'][number], 'id' | 'name' | 'amount'>[];
}

/** The lines and donors that no figure counts, one click away from the figure. */
export function LeftOut({ label, notConverted, notConvertedCount, netNegative }: LeftOutProps) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <UnstyledButton className={classes.leftOut} onClick={dialog.open}>
        {label}
      </UnstyledButton>
      <Dialog opened={opened} onClose={dialog.close} title="Left out of the figures" size="lg">
        {notConverted.length > 0 && (
          <Table mb="md">
            <Table.Caption>
              {notConvertedCount > notConverted.length
                ? `The first ${notConverted.length} of ${notConvertedCount} lines that are not converted.`
                : 'Lines that are not converted.'}
            </Table.Caption>
            <Table.Tbody>
              {notConverted.map((line) => (
                <Table.Tr key={line.id}>
                  <Table.Td>{formatDate(line.date)}</Table.Td>
                  <Table.Td>{line.donorName}</Table.Td>
                  <Table.Td ta="right">{formatMoney(line.amount)}</Table.Td>
                  <Table.Td c="dimmed">{line.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {netNegative.length > 0 && (
          <Table>
            <Table.Caption>Donors who got back more than they gave.</Table.Caption>
            <Table.Tbody>
              {netNegative.map((donor, i) => (
                <Table.Tr key={`${donor.id}-${i}`}>
                  <Table.Td>{donor.name}</Table.Td>
                  <Table.Td ta="right">{formatMoney(donor.amount)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Dialog>
    </>
  );
}
