import { whereOf } from '@/shared/list/filter/conditions';
import { count, date, oneOf, text, yes } from '@/shared/list/search';
import type { ListState } from '@/shared/list/views/state';

export const states = ['draft', 'signed', 'running', 'ended', 'closed'] as const;
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
export const sorts = [
  '-to',
  'to',
  'title',
  '-title',
  '-signedOn',
  'signedOn',
  '-amount',
  'amount',
] as const;

export interface AgreementsSearch extends ListState {
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function agreementsSearch(raw: Record<string, unknown>): AgreementsSearch {
  return {
    view: text(raw, 'view'),
    q: text(raw, 'q'),
    where: text(raw, 'where') ?? meant(raw),
    columns: text(raw, 'columns'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}

/** The filter that plain words mean, as people write them into an address by hand. */
function meant(raw: Record<string, unknown>): string | undefined {
  return whereOf([
    ['state', 'is', oneOf(raw, 'state', states)],
    ['sourceType', 'is', oneOf(raw, 'sourceType', sourceTypes)],
    ...['ownerId', 'donorId', 'ultimateDonorId'].map((key) => [key, 'is', text(raw, key)]),
  ]);
}

/** The agreement as it stood on a day. */
export interface AsOfSearch {
  on?: string | undefined;
}

export function asOfSearch(raw: Record<string, unknown>): AsOfSearch {
  return { on: date(raw, 'on') };
}

/** The award that a new agreement is made from. */
export interface NewAgreementSearch {
  opportunity?: string | undefined;
}

export function newAgreementSearch(raw: Record<string, unknown>): NewAgreementSearch {
  return { opportunity: text(raw, 'opportunity') };
}

export const obligationKinds = [
  'requirement',
  'instalment',
  'term',
  'string',
  'diligence',
] as const;

export interface ObligationsSearch {
  /** The month that the grid shows, "2026-11". */
  month?: string | undefined;
  kind?: (typeof obligationKinds)[number] | undefined;
  ownerId?: string | undefined;
  donorId?: string | undefined;
  done?: true | undefined;
  grid?: true | undefined;
}

export function obligationsSearch(raw: Record<string, unknown>): ObligationsSearch {
  const month = text(raw, 'month');
  return {
    month: month && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined,
    kind: oneOf(raw, 'kind', obligationKinds),
    ownerId: text(raw, 'ownerId'),
    donorId: text(raw, 'donorId'),
    done: yes(raw, 'done'),
    grid: yes(raw, 'grid'),
  };
}

export interface TunesSearch {
  view?: 'direct' | 'ultimate' | undefined;
  /** Only donors whom we lobby too. */
  lobbied?: true | undefined;
}

export function tunesSearch(raw: Record<string, unknown>): TunesSearch {
  return { view: oneOf(raw, 'view', ['direct', 'ultimate']), lobbied: yes(raw, 'lobbied') };
}
