import { formatDate } from './date';

interface Frozen {
  rate?: string | undefined;
  rateDate?: string | undefined;
  crossRate?: string | undefined;
  crossDate?: string | undefined;
}

/** The rates by which an amount was converted, to the euro and from it: "11.2205", or "11.2205 and 0.9312". */
export function formatRates({ rate, crossRate }: Frozen): string {
  return [rate, crossRate].filter(Boolean).join(' and ');
}

/** Of which day they are; of which days, where they are not of one. */
export function formatRateDays({ rateDate, crossDate }: Frozen): string {
  const days = [...new Set([rateDate, crossDate].filter(Boolean))];
  return days.map((day) => formatDate(day)).join(' and ');
}
