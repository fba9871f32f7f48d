import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Basis, Dependence, DonorView, Reading } from '@/shared/api/types';
import { formatFigure, formatMajorMoney, formatShare } from '@/shared/format/number';
import { EmptyState, Ready } from '@/shared/states/states';
import { useMay } from '@/shared/session/session';
import { ButtonLink } from '@/shared/ui/links';
import { BasisLine } from './BasisLine';
import { Figure } from './Figure';
import classes from './funding.module.css';
import { Mark } from './Mark';
import { dashboardQuery, dependenceQuery } from './queries';

interface HeadlinesProps {
  year: number;
  view: DonorView;
  basis: Basis;
}

/** The figures that a board asks for first, of one year. */
export function Headlines({ year, view, basis }: HeadlinesProps) {
  const query = useQuery(dependenceQuery(year, view, basis));
  const { data: dashboard } = useQuery(dashboardQuery({ year, view, basis }));
  const readings = dashboard?.year === year ? dashboard.readings : [];
  return (
    <Ready query={query} loading={<Skeleton height={108} mb="lg" />}>
      {(figures) =>
        figures.donors.length === 0 ? (
          <NoIncome year={year} />
        ) : (
          <Row of={figures} readings={readings} />
        )
      }
    </Ready>
  );
}

function NoIncome({ year }: { year: number }) {
  const mayImport = useMay('finance:write');
  return (
    <EmptyState
      title={`No income is recorded for ${year}.`}
      action={mayImport && <ButtonLink to="/funding/import">Import income</ButtonLink>}
    >
      {mayImport
        ? 'Import a file of income lines, or choose another year.'
        : 'A fundraiser imports income lines; you can choose another year meanwhile.'}
    </EmptyState>
  );
}

function Row({ of, readings }: { of: Dependence; readings: Reading[] }) {
  const largest = of.donors[0];
  const reading = (metric: Reading['metric']) => readings.find((one) => one.metric === metric);
  const markOf = (metric: Reading['metric']) => {
    const level = reading(metric)?.mark;
    return level && <Mark level={level} />;
  };
  return (
    <div className={classes.headlines}>
      <dl className={classes.figures}>
        <Figure
          name={`Income ${of.year}`}
          value={formatMajorMoney(of.total.minor, of.total.currency)}
        >
          All income received in the year, refunds netted, in {of.currency}. Each line keeps the ECB
          rate of its own date.
        </Figure>
        <Figure
          name="Effective funders"
          value={formatFigure(of.effectiveFunders, 1)}
          note={`HHI ${formatFigure(of.hhi, 2)}`}
          mark={markOf('hhi')}
        >
          One divided by the HHI: as many funders of equal size would give the same concentration.
          The HHI is the sum of the squared shares, from 1/n to 1.{' '}
          {limitsOf(reading('hhi'), (value) => formatFigure(value, 2))}
        </Figure>
        <Figure
          name="Largest donor"
          value={formatShare(of.top1)}
          note={largest?.name}
          mark={markOf('top1')}
        >
          The largest donor’s share of the year’s income.{' '}
          {limitsOf(reading('top1'), (value) => formatShare(value, 0))}
        </Figure>
        <Figure
          name="Three largest"
          value={formatShare(of.top3)}
          note={`five: ${formatShare(of.top5)}`}
          mark={markOf('top3')}
        >
          The three largest donors’ share.{' '}
          {limitsOf(reading('top3'), (value) => formatShare(value, 0))}
        </Figure>
        <Figure
          name="Unearmarked"
          value={formatShare(of.unearmarkedRatio)}
          note={`flexible: ${formatShare(of.flexibleRatio)}`}
        >
          Income that the donor left to us to use, divided by all income. Flexible counts softly
          earmarked income too.
        </Figure>
      </dl>
      <BasisLine head={of} left={of} />
    </div>
  );
}

function limitsOf(reading: Reading | undefined, show: (value: number) => string): string {
  if (!reading?.limit) return '';
  const { amber, red } = reading.limit;
  return `Marked from ${show(amber)} (amber) and ${show(red)} (red), the secretariat’s own choice.`;
}
