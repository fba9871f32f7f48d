import { Table } from '@mantine/core';
import type { Giving } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatCount, formatMajor } from '@/shared/format/number';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { EmptyState } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import classes from './awards.module.css';
import { useCurrency } from '@/shared/session/session';

type Received = Giving['recipients'][number];

interface ReceiversProps {
  title: string;
  list: Received[];
}

/** Who got most. */
export function Receivers({ title, list }: ReceiversProps) {
  const currency = useCurrency();
  return (
    <Section title={title}>
      {list.length === 0 ? (
        <EmptyState title="No organisation is named." />
      ) : (
        <PlainTable label={title} minWidth={340} tight>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Recipient</Table.Th>
              <Table.Th ta="right">Awards</Table.Th>
              <Table.Th ta="right">{currency}</Table.Th>
              <Table.Th ta="right">Last</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.map((one) => (
              <Table.Tr key={one.partyId}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {one.stakeholderId ? (
                    <StakeholderLink id={one.stakeholderId} name={one.name} />
                  ) : (
                    one.name
                  )}
                </Table.Td>
                <Table.Td ta="right">{formatCount(one.awards)}</Table.Td>
                <Table.Td ta="right">{formatMajor(one.worth, currency)}</Table.Td>
                <Table.Td ta="right">{one.lastYear}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </PlainTable>
      )}
    </Section>
  );
}

const SHOWN = 12;

/** Where the money goes. */
export function Countries({ list }: { list: Giving['countries'] }) {
  const currency = useCurrency();
  const most = Math.max(1, ...list.map((one) => one.worth));
  return (
    <Section
      title="Countries"
      aside={list.length > SHOWN && `the first ${SHOWN} of ${list.length}`}
    >
      {list.length === 0 ? (
        <EmptyState title="No country is named." />
      ) : (
        <PlainTable label="Countries" minWidth={280}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Country</Table.Th>
              <Table.Th>
                <span className="visually-hidden">As a bar</span>
              </Table.Th>
              <Table.Th ta="right">{currency}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.slice(0, SHOWN).map((one) => (
              <Table.Tr key={one.country}>
                <Table.Td>{countryName(one.country) || 'Not said'}</Table.Td>
                <Table.Td w="35%">
                  <div className={classes.share} aria-hidden>
                    <span style={{ width: `${(Math.max(0, one.worth) / most) * 100}%` }} />
                  </div>
                </Table.Td>
                <Table.Td ta="right">{formatMajor(one.worth, currency)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </PlainTable>
      )}
    </Section>
  );
}
