import type { Basis, DonorView, Weighting } from '@/shared/api/types';
import { whereOf } from '@/shared/list/filter/conditions';
import { count, date, oneOf, text } from '@/shared/list/search';
import type { ListState } from '@/shared/list/views/state';

export interface DashboardSearch {
  from?: number | undefined;
  to?: number | undefined;
  view?: DonorView | undefined;
  basis?: Basis | undefined;
}

export function dashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  return {
    from: count(raw, 'from'),
    to: count(raw, 'to'),
    view: oneOf(raw, 'view', ['direct', 'ultimate']),
    basis: oneOf(raw, 'basis', ['cash', 'accrued', 'signed']),
  };
}

/** How a forecast is looked at: what is undefined is the server's default. */
export interface LensSearch {
  view?: DonorView | undefined;
  basis?: 'cash' | 'accrued' | undefined;
  weighting?: Weighting | undefined;
}

export function lensSearch(raw: Record<string, unknown>): LensSearch {
  return {
    view: oneOf(raw, 'view', ['direct', 'ultimate']),
    basis: oneOf(raw, 'basis', ['cash', 'accrued']),
    weighting: oneOf(raw, 'weighting', ['discount', 'cutoff', 'none']),
  };
}

/** The figures of a month, each with rows behind it. */
export const monthParts = ['secured', 'weighted', 'coreCost', 'cost'] as const;
export type MonthPart = (typeof monthParts)[number];

export interface ForecastSearch extends LensSearch {
  /** The month whose rows are open, "2027-03", and the figure that they are of. */
  month?: string | undefined;
  part?: MonthPart | undefined;
}

export function forecastSearch(raw: Record<string, unknown>): ForecastSearch {
  const month = text(raw, 'month');
  return {
    ...lensSearch(raw),
    month: month && /^\d{4}-\d{2}$/.test(month) ? month : undefined,
    part: oneOf(raw, 'part', monthParts),
  };
}

export interface WhatIfSearch extends LensSearch {
  /** Ids of the scenarios beside the base, parted by dots. */
  beside?: string | undefined;
  stop?: string | undefined;
}

export function whatIfSearch(raw: Record<string, unknown>): WhatIfSearch {
  return { ...lensSearch(raw), beside: text(raw, 'beside'), stop: date(raw, 'stop') };
}

export function yearSearch(raw: Record<string, unknown>): { year?: number | undefined } {
  return { year: count(raw, 'year') };
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

export interface IncomeSearch extends ListState {
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function incomeSearch(raw: Record<string, unknown>): IncomeSearch {
  return {
    view: text(raw, 'view'),
    q: text(raw, 'q'),
    where: text(raw, 'where') ?? meant(raw),
    columns: text(raw, 'columns'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}

/** What lines have in common that stand behind one figure. */
export interface LinesOf {
  year?: number | undefined;
  donorId?: string | undefined;
  ultimateDonorId?: string | undefined;
  earmarking?: string | undefined;
  restriction?: string | undefined;
  sourceType?: string | undefined;
}

/** The list of income narrowed to the lines behind a figure. */
export function linesBehind(of: LinesOf): IncomeSearch {
  const { year, donorId, ultimateDonorId, earmarking, restriction, sourceType } = of;
  const where = whereOf([
    ['year', 'is', year],
    ['donorId', 'is', donorId],
    ['ultimateDonorId', 'is', ultimateDonorId],
    ['earmarking', 'is', earmarking],
    ['restriction', 'is', restriction],
    ['sourceType', 'is', sourceType],
  ]);
  return { where };
}

/** The filter that plain words mean, as people write them into an address by hand. */
function meant(raw: Record<string, unknown>): string | undefined {
  return linesBehind({
    year: count(raw, 'year'),
    donorId: text(raw, 'donorId'),
    ultimateDonorId: text(raw, 'ultimateDonorId'),
    earmarking: oneOf(raw, 'earmarking', levels),
    restriction: oneOf(raw, 'restriction', restrictions),
    sourceType: oneOf(raw, 'sourceType', sourceTypes),
  }).where;
}

/** What became of payments: those to be decided unless told. */
export const paymentStates = ['accepted', 'payout', 'ignored', 'any'] as const;

export interface BankSearch {
  q?: string | undefined;
  state?: (typeof paymentStates)[number] | undefined;
  statementId?: string | undefined;
  donorId?: string | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function bankSearch(raw: Record<string, unknown>): BankSearch {
  return {
    q: text(raw, 'q'),
    state: oneOf(raw, 'state', paymentStates),
    statementId: text(raw, 'statementId'),
    donorId: text(raw, 'donorId'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}
