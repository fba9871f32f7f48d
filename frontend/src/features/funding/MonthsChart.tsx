import { useQuery } from '@tanstack/react-query';
import type { ReserveMonths } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatFigure, formatMajorMoney, plural } from '@/shared/format/number';
import { Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { StackChart } from './charts/StackChart';
import { Downloads } from './Downloads';
import classes from './funding.module.css';
import { reserveMonthsQuery } from './queries';
import { useCurrency } from '@/shared/session/session';

/** How long free reserves would have lasted at each statement, against what the board wants. */
export function MonthsChart() {
  const query = useQuery(reserveMonthsQuery);
  return (
    <Section
      title="Months of free reserves"
      actions={
        <Downloads
          name="reserve-months"
          title="months of free reserves"
          query={{}}
          picture="/charts/reserveMonths"
          table="/charts/reserveMonths"
        />
      }
    >
      <Ready query={query}>{(of) => <Picture of={of} />}</Ready>
    </Section>
  );
}

function Picture({ of }: { of: ReserveMonths }) {
  const { statements, target, targetYear, limits } = of;
  const currency = useCurrency();
  return (
    <>
      <StackChart
        label="Months of free reserves by statement"
        bands={[
          {
            id: 'months',
            name: 'Months of free reserves',
            color: 'var(--c1)',
            values: statements.map(({ months }) => months ?? 0),
          },
        ]}
        columns={statements.map(({ date }) => date.slice(0, 7))}
        scale="amount"
        height={240}
        {...(target !== null && {
          steps: {
            name: `Target of the board, ${targetYear ?? ''}`,
            values: statements.map(() => target),
          },
        })}
        rows={[
          {
            name: 'months',
            cells: statements.map(({ months }) => formatFigure(months, 1)),
            strong: true,
          },
        ]}
        showTick={(value) => formatFigure(value, 0)}
        describe={({ column }) =>
          `${formatFigure(statements[column]?.months ?? null, 1)} months, ${formatMajorMoney(statements[column]?.free ?? 0, currency)} free`
        }
      />
      <p className={classes.basis}>
        As of {formatDate(of.asOf)} · marked below {limits.amber} (amber) and{' '}
        {plural(limits.red, 'month')} (red), the secretariat’s own choice
        {target === null && ' · the board has set no target'}
      </p>
    </>
  );
}
