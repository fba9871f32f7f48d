import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Earmarking } from '@/shared/api/types';
import {
  formatMajor,
  formatMajorMoney,
  formatShare,
  formatShortMoney,
} from '@/shared/format/number';
import { earmarkingWords, say } from '@/shared/format/words';
import { EmptyState, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { BasisLine } from './BasisLine';
import { ChartFrame, type Span } from './ChartFrame';
import { levelBands } from './charts/bands';
import { FigureTable, type FigureRow } from './charts/FigureTable';
import type { Segment } from './charts/scale';
import { StackChart } from './charts/StackChart';
import classes from './funding.module.css';
import { earmarkingQuery } from './queries';
import { linesBehind, type IncomeSearch } from './search';

export function EarmarkingChart({ span }: { span: Span }) {
  const query = useQuery(earmarkingQuery(span));
  return (
    <Ready query={query} loading={<Skeleton height={380} mt="lg" />}>
      {(series) => (
        <ChartFrame
          title="Earmarked and unearmarked income"
          name="earmarking"
          span={span}
          chart={
            series.levels.every(({ amounts }) => amounts.every((amount) => amount === 0)) ? (
              <EmptyState title="No income in these years." />
            ) : (
              <EarmarkingPicture series={series} />
            )
          }
          table={<Numbers series={series} />}
        />
      )}
    </Ready>
  );
}

function linesOf({ years }: Earmarking, level: string | undefined, column: number): IncomeSearch {
  return linesBehind({ year: years[column], earmarking: level });
}

function ratioRows(series: Earmarking): FigureRow[] {
  return [
    {
      key: 'unearmarked',
      name: 'Unearmarked ÷ total',
      cells: series.unearmarkedRatio.map((one) => formatShare(one)),
      summary: true,
    },
    {
      key: 'flexible',
      name: 'Flexible (with softly earmarked) ÷ total',
      cells: series.flexibleRatio.map((one) => formatShare(one)),
    },
  ];
}

interface EarmarkingPictureProps {
  series: Earmarking;
  /** Of figures that are kept nothing leads into the books of today. */
  kept?: boolean;
}

export function EarmarkingPicture({ series, kept = false }: EarmarkingPictureProps) {
  const bands = levelBands(series);
  const describe = ({ column, value }: Segment) => {
    const total = series.totals[column] ?? 0;
    const share = total > 0 ? `, ${formatShare(value / total)}` : '';
    return formatMajorMoney(value, series.currency) + share;
  };
  return (
    <>
      <StackChart
        label="Income by level of earmarking and year"
        bands={bands}
        columns={series.labels}
        scale="amount"
        rows={[
          {
            name: 'unearmarked',
            cells: series.unearmarkedRatio.map((one) => formatShare(one)),
            strong: true,
          },
          { name: 'flexible', cells: series.flexibleRatio.map((one) => formatShare(one)) },
        ]}
        showTick={(value) => formatShortMoney(value, series.currency)}
        describe={describe}
        behind={
          kept ? undefined : (one) => ({ income: linesOf(series, bands[one.band]?.id, one.column) })
        }
      />
      <p className={classes.chartNote}>
        Share of the year that is <strong>unearmarked</strong>, and <strong>flexible</strong>:
        unearmarked and softly earmarked together.
      </p>
      <BasisLine head={series} left={series} />
    </>
  );
}

function Numbers({ series }: { series: Earmarking }) {
  const { labels, currency } = series;
  return (
    <>
      <FigureTable
        caption="Income by level of earmarking and year"
        columns={labels}
        rows={[
          ...series.levels.map(({ level, amounts }) => ({
            key: level,
            name: say(earmarkingWords, level),
            cells: amounts.map((amount, i) => (
              <TextLink
                key={labels[i]}
                to="/funding/income"
                search={linesOf(series, level, i)}
                aria-label={`${say(earmarkingWords, level)}, ${labels[i] ?? ''}: ${formatMajor(amount, currency)}`}
              >
                {formatMajor(amount, currency)}
              </TextLink>
            )),
          })),
          {
            key: 'total',
            name: `Total, ${currency}`,
            cells: series.totals.map((total) => formatMajor(total, currency)),
            summary: true,
          },
          ...ratioRows(series),
        ]}
      />
      <BasisLine head={series} left={series} />
    </>
  );
}
