import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DonorView, Giver, Stakeholder } from '@/shared/api/types';
import { formatDate, today } from '@/shared/format/date';
import { formatMajorMoney, formatShare, formatShortMoney, plural } from '@/shared/format/number';
import { basisWords, say } from '@/shared/format/words';
import { EmptyState, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import type { Band, Segment } from './charts/scale';
import { StackChart } from './charts/StackChart';
import classes from './funding.module.css';
import { giverQuery } from './queries';
import { linesBehind } from './search';

/** How many years are shown. */
const SPAN = 6;

/** What a donor has brought, year by year, on the donor's page. */
export function IncomeOfDonor({ one }: { one: Stakeholder }) {
  const [view, setView] = useState<DonorView>('ultimate');
  const income = useQuery(giverQuery(one.id, view, Number(today().slice(0, 4)) - SPAN + 1));
  return (
    <Section
      title="Income"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="By which donor"
          data={[
            { value: 'ultimate', label: 'Their money' },
            { value: 'direct', label: 'Paid by them' },
          ]}
          value={view}
          onChange={(next) => setView(next === 'direct' ? 'direct' : 'ultimate')}
        />
      }
    >
      <Ready query={income} loading={<Skeleton height={230} />}>
        {(giver) =>
          giver.amounts.every((amount) => amount === 0) && giver.notConverted === 0 ? (
            <EmptyState title={`Nothing in the last ${SPAN} years.`} />
          ) : (
            <Picture id={one.id} giver={giver} />
          )
        }
      </Ready>
    </Section>
  );
}

function Picture({ id, giver }: { id: string; giver: Giver }) {
  const bands = bandsOf(giver);
  const { years, labels, shares, currency, view } = giver;
  const linesOf = ({ band, column }: Segment) =>
    linesBehind({
      year: years[column],
      ...(view === 'direct' ? { donorId: id } : { ultimateDonorId: id }),
      ...(bands[band]?.id === 'unearmarked' && { earmarking: 'unearmarked' }),
    });
  return (
    <>
      <StackChart
        label="Income from this donor by year"
        bands={bands}
        columns={labels}
        scale="amount"
        height={190}
        rows={[{ name: 'of all', cells: shares.map((share) => formatShare(share)), strong: true }]}
        showTick={(value) => formatShortMoney(value, currency)}
        describe={({ value }) => formatMajorMoney(value, currency)}
        behind={(one) => ({ income: linesOf(one) })}
      />
      <p className={classes.basis}>
        Share of all income of the year beneath each column. Basis: {say(basisWords, giver.basis)} ·
        as of {formatDate(giver.asOf)} · {currency}
        {giver.notConverted > 0 &&
          ` · left out: ${plural(giver.notConverted, 'line')} not converted`}
      </p>
    </>
  );
}

function bandsOf({ amounts, unearmarked }: Giver): Band[] {
  return [
    { id: 'unearmarked', name: 'Unearmarked', color: 'var(--c1)', values: unearmarked },
    {
      id: 'rest',
      name: 'With a purpose',
      color: 'var(--c2)',
      values: amounts.map((amount, i) => amount - (unearmarked[i] ?? 0)),
    },
  ];
}
