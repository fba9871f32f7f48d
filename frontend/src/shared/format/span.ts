import { formatDate } from './date';

interface Span {
  from?: string | undefined;
  to?: string | undefined;
}

/** A day, a month or a year as it is known: "16 Sep 2024", "Sep 2024", "2024". */
export function formatPartial(date: string | undefined): string {
  if (!date) return '';
  // A month is a day without its day.
  return /^\d{4}-\d{2}$/.test(date) ? formatDate(`${date}-01`).slice(2) : formatDate(date);
}

/** How long something holds: "Sep 2024 – 2026", "since 2024", "until Mar 2025". */
export function formatSpan({ from, to }: Span): string {
  if (from && to) return `${formatPartial(from)} – ${formatPartial(to)}`;
  if (from) return `since ${formatPartial(from)}`;
  return to ? `until ${formatPartial(to)}` : '';
}

/** Where a date that may be known to the month or year only lies, in years, for drawings. */
export function yearsOf(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return year + (month - 1) / 12 + (day - 1) / 365;
}
