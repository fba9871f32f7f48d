import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Basis, Dependence, DonorView } from '@/shared/api/types';
import { formatFigure, formatMajorMoney, formatShare } from '@/shared/format/number';
import { EmptyState, Ready } from '@/shared/states/states';
import { useMay } from '@/shared/session/session';
import { ButtonLink } from '@/shared/ui/links';
import { BasisLine } from './BasisLine';
import { Figure } from './Figure';
import classes from './funding.module.css';
import { dependenceQuery } from './queries';
import { markOf, thresholds } from './thresholds';

interface HeadlinesProps {
  year: number;
  view: DonorView;
  basis: Basis;
}

/** The figures that a board asks for first, of one year. */
export function Headlines({ year, view, basis }: HeadlinesProps) {
  const query = useQuery(dependenceQuery(year, view, basis));
  return (
    <Ready query={query} loading={<Skeleton height={108} mb="lg" />}>
      {(figures) => (figures.donors.length === 0 ? <NoIncome year={year} /> : <Row of={figures} />)}
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
        ? 'Import a CSV file of income lines, or choose another year.'
        : 'A fundraiser imports income lines; you can choose another year meanwhile.'}
    </EmptyState>
  );
}

function Row({ of }: { of: Dependence }) {
  const largest = of.donors[0];
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
          mark={markOf(of.hhi, thresholds.hhi)}
        >
          One divided by the HHI: as many funders of equal size would give the same concentration.
          The HHI is the sum of the squared shares, from 1/n to 1. Marked from{' '}
          {thresholds.hhi.amber} (amber) and {thresholds.hhi.red} (red), the secretariat’s own
          choice.
        </Figure>
        <Figure
          name="Largest donor"
          value={formatShare(of.top1)}
          note={largest?.name}
          mark={markOf(of.top1, thresholds.top1)}
        >
          The largest donor’s share of the year’s income. Marked from{' '}
          {formatShare(thresholds.top1.amber, 0)} (amber) and {formatShare(thresholds.top1.red, 0)}{' '}
          (red), the secretariat’s own choice.
        </Figure>
        <Figure
          name="Three largest"
          value={formatShare(of.top3)}
          note={`five: ${formatShare(of.top5)}`}
          mark={markOf(of.top3, thresholds.top3)}
        >
          The three largest donors’ share. Marked from {formatShare(thresholds.top3.amber, 0)}{' '}
          (amber) and {formatShare(thresholds.top3.red, 0)} (red), the secretariat’s own choice.
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
