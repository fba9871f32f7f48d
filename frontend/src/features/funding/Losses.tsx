import { Group, SegmentedControl, Skeleton, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DonorView, LossTest } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatFigure, formatMajor } from '@/shared/format/number';
import { EmptyState, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Downloads } from './Downloads';
import classes from './funding.module.css';
import { lossQuery } from './queries';
import type { LensSearch } from './search';
import { views } from './words';

interface LossesProps {
  lens: LensSearch;
  stop: string | undefined;
  onStop: (day: string | undefined) => void;
  onView: (view: DonorView | undefined) => void;
}

/** What the end of each donor would mean, the worst first. */
export function Losses({ lens, stop, onStop, onView }: LossesProps) {
  const asked = { ...lens, stop };
  const query = useQuery(lossQuery(asked));
  return (
    <Section
      title="If one donor stopped"
      aside="months until free reserves reach zero, costs unchanged"
      actions={
        <Downloads name="loss-test" title="the loss test" query={asked} table="/finance/losses" />
      }
    >
      <Group align="flex-end" mb="sm">
        <TextInput
          type="date"
          label="Stops on"
          w={180}
          value={stop ?? query.data?.stop ?? ''}
          onChange={(event) => onStop(event.currentTarget.value || undefined)}
        />
        <SegmentedControl
          aria-label="By which donor"
          data={views}
          value={lens.view ?? 'ultimate'}
          onChange={(value) => onView(value === 'direct' ? 'direct' : undefined)}
        />
      </Group>
      <Ready query={query} loading={<Skeleton height={200} />}>
        {(test) =>
          test.donors.length === 0 ? (
            <EmptyState title="Nothing is expected from any donor.">
              Signed agreements and open opportunities are what a forecast is made of.
            </EmptyState>
          ) : (
            <Donors of={test} />
          )
        }
      </Ready>
    </Section>
  );
}

function Donors({ of }: { of: LossTest }) {
  const last = (months: number | null) =>
    of.freeAtStart === null
      ? 'n/a'
      : months === null
        ? `over ${of.horizon}`
        : formatFigure(months, 1);
  return (
    <>
      <PlainTable label="Loss test" minWidth={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Donor</Table.Th>
            <Table.Th scope="col" ta="right">
              Would be lost, {of.currency}
            </Table.Th>
            <Table.Th scope="col">
              <span className="visually-hidden">Months as a bar</span>
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Months
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.donors.map((donor) => (
            <Table.Tr key={donor.id}>
              <Table.Th scope="row" fw={400}>
                <TextLink to="/stakeholders/$id" params={{ id: donor.id }} c="inherit">
                  {donor.name}
                </TextLink>
              </Table.Th>
              <Table.Td ta="right">{formatMajor(donor.cents, of.currency)}</Table.Td>
              <Table.Td>
                <div className={classes.bar} aria-hidden>
                  <span
                    style={{ width: `${((donor.months ?? of.horizon) / of.horizon) * 100}%` }}
                  />
                </div>
              </Table.Td>
              <Table.Td ta="right">{last(donor.months)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
      <p className={classes.basis}>
        Basis: {of.basis} · by {of.view === 'direct' ? 'direct' : 'ultimate'} donor · as of{' '}
        {formatDate(of.asOf)} · with every donor: {last(of.without)} months
        {of.reserveDate && ` · reserves of ${formatDate(of.reserveDate)}`}
      </p>
    </>
  );
}
