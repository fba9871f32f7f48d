import type { Aim } from '@/shared/api/types';

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
