import { Table } from '@mantine/core';
import type { AwardImportResult } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatDate } from '@/shared/format/date';
import { formatCount, formatMoney, plural } from '@/shared/format/number';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { Section } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Tag } from '@/shared/ui/Tag';
import classes from '../funding.module.css';
import { recipientOf } from './awardColumns';
import { asideWords, broughtWords, kindWords } from './words';

/** What a file of awards holds, as Piper understands it. */
export function AwardPlan({ plan }: { plan: AwardImportResult }) {
  const { rejected, persons, notConverted, aside } = plan;
  const brought = broughtWords(plan);
  const left = asideWords(aside);
  return (
    <>
      <p className={classes.verdict} data-bad={!brought || undefined} role="status">
        {brought ? `${brought}. Nothing is saved yet.` : 'Nothing in it can be imported.'}
      </p>
      <ul className={classes.notes}>
        <li>
          {kindWords[plan.kind]}, {plural(plan.records, 'record')} of{' '}
          {plural(plan.funders, 'funder')}
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
      {plan.who.length > 0 && <Funders plan={plan} />}
      {rejected > 0 && <Rejects plan={plan} />}
      {plan.preview.length > 0 && <Preview plan={plan} />}
    </>
  );
}

function Funders({ plan: { who, funders } }: { plan: AwardImportResult }) {
  return (
    <Section title="Funders in it" aside={who.length < funders && `the first ${who.length}`}>
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

function Rejects({ plan: { rejects, rejected } }: { plan: AwardImportResult }) {
  return (
    <Section
      title="Cannot be taken"
      aside={rejects.length < rejected && `the first ${rejects.length} of ${rejected}`}
    >
      <PlainTable label="Cannot be taken" minWidth={560} stacked>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={120}>Where</Table.Th>
            <Table.Th w={220}>Their number</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rejects.map((one, i) => (
            <Table.Tr key={i}>
              <Table.Td>{one.place}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{one.ref}</Table.Td>
              <Table.Td>{one.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}

function Preview({ plan: { preview, created, changed, unchanged } }: { plan: AwardImportResult }) {
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
            <Table.Th ta="right">In EUR</Table.Th>
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
                {one.eur ? formatMoney(one.eur) : <Tag tone="warn">No rate yet</Tag>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </PlainTable>
    </Section>
  );
}
