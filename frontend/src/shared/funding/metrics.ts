import type { Aim } from '@/shared/api/types';
import { formatFigure, formatShare } from '@/shared/format/number';

/** What a target can be about. */
export const metricWords: Record<Aim['metric'], string> = {
  hhi: 'HHI',
  top1: 'Largest donor',
  top3: 'Three largest donors',
  euShare: 'EU share',
  unearmarked: 'Unearmarked',
  flexible: 'Flexible',
  unrestricted: 'Unrestricted',
  coreCoverage: 'Core coverage',
  reserveMonths: 'Months of free reserves',
};

/** A value of a metric in its own unit: a share, an index or months. */
export function formatMetric(metric: Aim['metric'], value: number | null): string {
  if (metric === 'hhi') return formatFigure(value, 3);
  return metric === 'reserveMonths' ? formatFigure(value, 1) : formatShare(value);
}

/** What a target asks, such as “EU share below 50.0 % by 2028”. */
export const askOf = (aim: Aim) =>
  `${metricWords[aim.metric]} ${aim.comparison} ${formatMetric(aim.metric, aim.value)} by ${String(aim.year)}`;
