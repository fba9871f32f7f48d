import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AwardImport, AwardPlanFound } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatDate } from '@/shared/format/date';
import { formatCount, formatMoney, plural } from '@/shared/format/number';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import classes from '../funding.module.css';
import { recipientOf } from './awardColumns';
import { AwardRejects } from './AwardRejects';
import { NextSteps } from './NextSteps';
import { planQuery } from './queries';
import { asideWords, broughtWords, kindWords } from './words';
import { useCurrency } from '@/shared/session/session';

/** What a file of awards holds, as Piper understands it, and the next step. */
export function AwardPlan({ one }: { one: AwardImport }) {
  const plan = useQuery(planQuery(one));
  const { kind, rejected, persons, notConverted, aside } = one;
  const brought = broughtWords(one);
  const left = asideWords(aside);
  return (
    <>
      <p className={classes.verdict} data-bad={!brought || undefined}>
        {brought ? `${brought}. Nothing is saved yet.` : 'Nothing in it can be imported.'}
      </p>
      <ul className={classes.notes}>
        <li>
          {kind && kindWords[kind]}, {plural(one.records, 'record')} of{' '}
          {plural(one.funders, 'funder')}
        </li>
        {rejected > 0 && <li>{plural(rejected, 'record')} cannot be taken, see below</li>}
        {left && <li>Left out, as they are no awards: {left}</li>}
        {persons > 0 && (
          <li>{plural(persons, 'award')} to persons, of which only amount and year are kept</li>
        )}
        {notConverted > 0 && (
          <li>{plural(notConverted, 'award')} cannot be converted yet, for want of a rate</li>
        )}
      </ul>
      <NextSteps one={one} />
      <Ready query={plan} loading={<LoadingRows rows={4} />}>
        {({ who, preview }) => (
          <>
            {who.length > 0 && <Funders who={who} of={one.funders} />}
            <AwardRejects one={one} />
            {preview.length > 0 && <Preview preview={preview} of={one} />}
          </>
        )}
      </Ready>
    </>
  );
}

function Funders({ who, of }: { who: AwardPlanFound['who']; of: number }) {
  return (
    <Section title="Funders in it" aside={who.length < of && `the first ${who.length}`}>
      <PlainTable label="Funders in the file" minWidth={480}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Funder</Table.Th>
            <Table.Th ta="right">Awards</Table.Th>
            <Table.Th>Stakeholder</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {who.map((one, i) => (
            <Table.Tr key={i}>
              <Table.Td>{one.name}</Table.Td>
              <Table.Td ta="right">{formatCount(one.awards)}</Table.Td>
              <Table.Td>
                {one.stakeholderId && (
                  <StakeholderLink id={one.stakeholderId} name={one.stakeholder} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}

interface PreviewProps {
  preview: AwardPlanFound['preview'];
  of: AwardImport;
}

function Preview({ preview, of: { created, changed, unchanged } }: PreviewProps) {
  const all = created + changed + unchanged;
  return (
    <Section title="Preview" aside={preview.length < all && `the first ${preview.length} awards`}>
      <PlainTable label="Preview" minWidth={820}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Date</Table.Th>
            <Table.Th>Funder</Table.Th>
            <Table.Th>Recipient</Table.Th>
            <Table.Th>Countries</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
            <Table.Th ta="right">In {useCurrency()}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.map((one) => (
            <Table.Tr key={one.key}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                {one.date ? formatDate(one.date) : one.year}
              </Table.Td>
              <Table.Td>{one.funderName}</Table.Td>
              <Table.Td>{recipientOf(one)}</Table.Td>
              <Table.Td>{one.countries.map(countryName).join(', ')}</Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {formatMoney(one.amount)}
              </Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {one.worth ? formatMoney(one.worth) : <Tag tone="warn">No rate yet</Tag>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}
