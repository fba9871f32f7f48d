import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Basis, Dashboard, DonorView } from '@/shared/api/types';
import { formatDate, formatMonth } from '@/shared/format/date';
import { formatFigure, formatMajorMoney, formatShare } from '@/shared/format/number';
import { Ready } from '@/shared/states/states';
import { Figure } from './Figure';
import classes from './funding.module.css';
import { Mark } from './Mark';
import { dashboardQuery } from './queries';
import { Targets } from './Targets';

interface StandingProps {
  year: number;
  view: DonorView;
  basis: Basis;
}

/** How long the organisation lasts, what carries its core, and how far the board's targets are. */
export function Standing(props: StandingProps) {
  const query = useQuery(dashboardQuery(props));
  return (
    <Ready query={query} loading={<Skeleton height={108} mb="lg" />}>
      {(dashboard) => (
        <>
          <Row of={dashboard} />
          <Targets of={dashboard} />
        </>
      )}
    </Ready>
  );
}

function Row({ of }: { of: Dashboard }) {
  const { reserve, coverage, cliff, limits } = of;
  const next = cliff.years[1];
  return (
    <dl className={classes.three}>
      <Figure
        name="Free reserves"
        value={reserve ? `${formatFigure(reserve.months, 1)} months` : 'n/a'}
        note={reserve ? `of ${formatDate(reserve.date)}` : 'no reserve statement'}
        mark={reserve?.mark && <Mark level={reserve.mark} below />}
      >
        Unrestricted funds, less what the board has designated and what is tied up in fixed assets,
        divided by a month’s operating spend. Marked below {limits.reserveMonths.amber} (amber) and{' '}
        {limits.reserveMonths.red} months (red), the secretariat’s own choice.
      </Figure>
      <Figure
        name={`Core coverage ${of.label}`}
        value={formatShare(coverage.ratio, 0)}
        note={
          coverage.ratio === null
            ? 'no core budget was adopted'
            : `of ${formatMajorMoney(coverage.coreBudget, of.currency)}`
        }
      >
        Unrestricted income and overhead recovered from projects, divided by the core budget of the
        year. Basis: {of.basis}.
      </Figure>
      <Figure
        name="Cliff month"
        value={cliff.known ? (cliff.month ? formatMonth(cliff.month) : 'None in sight') : 'n/a'}
        note={next ? `secured ${next.label}: ${changeOf(next.change)}` : undefined}
        mark={
          next?.alert && (
            <span className={classes.mark} data-mark="red">
              a steep fall
            </span>
          )
        }
      >
        The first month in which secured, accrued money is less than the core cost. Beside it: what
        is secured of the next fiscal year against this one; a fall of 25 % or more is marked.
      </Figure>
    </dl>
  );
}

function changeOf(change: number | null): string {
  return change !== null && change > 0 ? `+${formatShare(change)}` : formatShare(change);
}
