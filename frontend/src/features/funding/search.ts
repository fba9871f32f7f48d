import type { DonorView } from '@/shared/api/types';
import { count, oneOf, text } from '@/shared/list/search';

export interface DashboardSearch {
  from?: number | undefined;
  to?: number | undefined;
  view?: DonorView | undefined;
}

export function dashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  return {
    from: count(raw, 'from'),
    to: count(raw, 'to'),
    view: oneOf(raw, 'view', ['direct', 'ultimate']),
  };
}

export const levels = ['unearmarked', 'soft', 'earmarked', 'tight'] as const;
export const restrictions = ['unrestricted', 'designated', 'restricted'] as const;
export const sourceTypes = [
  'eu',
  'government',
  'igo',
  'foundation',
  'corporate',
  'membership',
  'services',
  'public',
  'other',
] as const;
export const sorts = ['-date', 'date', '-amount', 'amount'] as const;

export interface IncomeSearch {
  q?: string | undefined;
  year?: number | undefined;
  donorId?: string | undefined;
  ultimateDonorId?: string | undefined;
  earmarking?: (typeof levels)[number] | undefined;
  restriction?: (typeof restrictions)[number] | undefined;
  sourceType?: (typeof sourceTypes)[number] | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function incomeSearch(raw: Record<string, unknown>): IncomeSearch {
  return {
    q: text(raw, 'q'),
    year: count(raw, 'year'),
    donorId: text(raw, 'donorId'),
    ultimateDonorId: text(raw, 'ultimateDonorId'),
    earmarking: oneOf(raw, 'earmarking', levels),
    restriction: oneOf(raw, 'restriction', restrictions),
    sourceType: oneOf(raw, 'sourceType', sourceTypes),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}
