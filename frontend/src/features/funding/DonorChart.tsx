import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Diversification, Limits } from '@/shared/api/types';
import { formatFigure, formatMajor, formatMajorMoney, formatShare } from '@/shared/format/number';
import { EmptyState, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { BasisLine } from './BasisLine';
import { ChartFrame, type Span } from './ChartFrame';
import { donorBands, OTHERS } from './charts/bands';
import { FigureTable } from './charts/FigureTable';
import { HhiStrip } from './charts/HhiStrip';
import type { Segment } from './charts/scale';
import { StackChart } from './charts/StackChart';
import { diversificationQuery, limitsQuery } from './queries';
import { linesBehind, type IncomeSearch } from './search';

export function DonorChart({ span }: { span: Span }) {
  const query = useQuery(diversificationQuery(span));
  return (
    <Ready query={query} loading={<Skeleton height={460} mt="lg" />}>
      {(series) => (
        <ChartFrame
          title="Donor diversification"
          name="diversification"
          span={span}
          chart={
            series.donors.length === 0 ? (
              <EmptyState title="No income in these years." />
            ) : (
              <DonorPicture series={series} />
            )
          }
          table={<Numbers series={series} />}
        />
      )}
    </Ready>
  );
}

/** The income lines of one donor, as the view counts them, or of the year. */
function linesOf({ view, years }: Diversification, id: string, column: number): IncomeSearch {
  const year = years[column];
  if (id === OTHERS) return linesBehind({ year });
  return linesBehind(view === 'direct' ? { year, donorId: id } : { year, ultimateDonorId: id });
}

interface DonorPictureProps {
  series: Diversification;
  /** The limits of that day, of figures that are kept: nothing leads from these into the books of today. */
  kept?: Limits;
}

export function DonorPicture({ series, kept }: DonorPictureProps) {
  const { data: current } = useQuery({ ...limitsQuery, enabled: kept === undefined });
  const limits = kept ?? current;
  const bands = donorBands(series);
  const describe = ({ column, value }: Segment) =>
    `${formatShare(value)}, ${formatMajorMoney(value * (series.totals[column] ?? 0), series.currency)}`;
  return (
    <>
      <StackChart
        label="Share of income by donor and year"
        bands={bands}
        columns={series.labels}
        scale="share"
        showTick={(value) => formatShare(value, 0)}
        describe={describe}
        behind={
          kept
            ? undefined
            : (one) => ({ income: linesOf(series, bands[one.band]?.id ?? OTHERS, one.column) })
        }
      />
      <HhiStrip
        columns={series.labels}
        hhi={series.hhi}
        effective={series.effectiveFunders}
        limits={limits?.hhi}
      />
      <BasisLine head={series} left={series} />
    </>
  );
}

function Numbers({ series }: { series: Diversification }) {
  const { donors, labels, totals, currency } = series;
  return (
    <>
      <FigureTable
        caption="Income by donor and year, with its share of the year"
        columns={labels}
        rows={[
          ...donors.map((donor) => ({
            key: donor.id,
            name: donor.name,
            cells: donor.amounts.map((amount, i) =>
              amount === 0 ? (
                ''
              ) : (
                <TextLink
                  key={labels[i]}
                  to="/funding/income"
                  search={linesOf(series, donor.id, i)}
                  aria-label={`${donor.name}, ${labels[i] ?? ''}: ${formatMajor(amount, currency)}, ${formatShare(donor.shares[i])}`}
                >
                  {formatMajor(amount, currency)}
                  <br />
                  <span style={{ color: 'var(--mute)' }}>{formatShare(donor.shares[i])}</span>
                </TextLink>
              ),
            ),
          })),
          {
            key: 'total',
            name: `Total, ${currency}`,
            cells: totals.map((total) => formatMajor(total, currency)),
            summary: true,
          },
          { key: 'hhi', name: 'HHI', cells: series.hhi.map((one) => formatFigure(one, 3)) },
          {
            key: 'effective',
            name: 'Effective funders',
            cells: series.effectiveFunders.map((one) => formatFigure(one, 2)),
          },
          { key: 'top1', name: 'Largest donor', cells: series.top1.map((one) => formatShare(one)) },
          { key: 'top3', name: 'Three largest', cells: series.top3.map((one) => formatShare(one)) },
        ]}
      />
      <BasisLine head={series} left={series} />
    </>
  );
}
