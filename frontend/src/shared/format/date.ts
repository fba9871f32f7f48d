import type { CivilDate, Instant } from '@/shared/api/types';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

interface Day {
  year: number;
  month: number;
  day: number;
}

/**
 * Reads a civil date by its figures alone. It never becomes a moment in a time zone: that is how dates
 * end up a day off.
 */
function parts(date: CivilDate): Day | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!found) return null;
  return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
}

/** "2027-03-01" → "1 Mar 2027". Anything else comes back as it was. */
export function formatDate(date: CivilDate | undefined): string {
  if (!date) return '';
  const d = parts(date);
  return d ? `${d.day} ${MONTHS[d.month - 1] ?? '?'} ${d.year}` : date;
}

/** "2027-09" → "Sep 2027". Anything else comes back as it was. */
export function formatMonth(month: string): string {
  const d = parts(`${month}-01`);
  return d ? `${MONTHS[d.month - 1] ?? '?'} ${d.year}` : month;
}

/** Today's civil date on the wall of the person who looks. */
export function today(now: Date = new Date()): CivilDate {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

function dayNumber(date: CivilDate): number | null {
  const d = parts(date);
  return d && Math.round(Date.UTC(d.year, d.month - 1, d.day) / DAY_MS);
}

/** Whole days from one civil date to another; negative when it lies behind; null when unreadable. */
export function daysBetween(from: CivilDate, to: CivilDate): number | null {
  const a = dayNumber(from);
  const b = dayNumber(to);
  return a === null || b === null ? null : b - a;
}

/** The civil date some days later. */
export function addDays(date: CivilDate, days: number): CivilDate {
  const n = dayNumber(date);
  return n === null ? date : new Date((n + days) * DAY_MS).toISOString().slice(0, 10);
}

/** "today", "tomorrow", "in 12 days", "3 days ago". */
export function describeDays(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** A moment in the browser's own zone, "21 Nov 2026, 23:57". */
export function formatInstant(at: Instant | undefined): string {
  const moment = readInstant(at);
  return moment ? `${formatDate(today(moment))}, ${clock.format(moment)}` : '';
}

/** The same with weekday, seconds and zone, for titles. */
export function formatInstantFully(at: Instant): string {
  const moment = readInstant(at);
  return moment ? full.format(moment) : '';
}

/** How long ago, as short as it can be said: "14:05", "Tue", "21 Nov", "21 Nov 2024". */
export function formatInstantShort(at: Instant | undefined, now: Date = new Date()): string {
  const moment = readInstant(at);
  if (!moment) return '';
  const days = daysBetween(today(moment), today(now)) ?? 0;
  if (days === 0) return clock.format(moment);
  if (days > 0 && days < 7)
    return new Intl.DateTimeFormat('en-GB', { weekday: 'short' }).format(moment);
  const text = formatDate(today(moment));
  return moment.getFullYear() === now.getFullYear() ? text.slice(0, -5) : text;
}

/** "45 s", "3 min", "1 h 20 min" between two moments. */
export function formatDuration(from: Instant, to: Instant): string {
  const a = readInstant(from);
  const b = readInstant(to);
  if (!a || !b) return '';
  const seconds = Math.max(0, Math.round((b.getTime() - a.getTime()) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function readInstant(at: Instant | undefined): Date | null {
  if (!at) return null;
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
