import type { Money } from '@/shared/api/types';

const whole = new Intl.NumberFormat('en-GB');
const NOT_AVAILABLE = 'n/a';

export function formatCount(n: number): string {
  return whole.format(n);
}

/** "10,000+" where the server stopped counting. */
export function formatTotal(total: number, isFloor = false): string {
  return formatCount(total) + (isFloor ? '+' : '');
}

/** 0.352 → "35.2 %". Nothing to divide by is "n/a", never 0 %. */
export function formatShare(share: number | null | undefined, digits = 1): string {
  return share == null ? NOT_AVAILABLE : `${(share * 100).toFixed(digits)} %`;
}

export function formatFigure(value: number | null | undefined, digits: number): string {
  return value == null ? NOT_AVAILABLE : value.toFixed(digits);
}

/** How many digits a currency has after the point: 2 for EUR, 0 for JPY. */
export function fraction(currency: string): number {
  try {
    const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    return options.maximumFractionDigits ?? 2;
  } catch {
    return 2; // not an ISO code
  }
}

/** An amount as it is typed, in minor units: 1234.5 of EUR is 123450. */
export function toMinor(major: number, currency: string): number {
  return Math.round(major * 10 ** fraction(currency));
}

/** Minor units as they are typed. */
export function toMajor(minor: number, currency: string): number {
  return minor / 10 ** fraction(currency);
}

/** Minor units with their currency, to the cent: "EUR 1,234.50". */
export function formatMoney(money: Money | undefined): string {
  if (!money) return '';
  const digits = fraction(money.currency);
  const figure = (money.minor / 10 ** digits).toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${money.currency} ${figure}`;
}

/** Minor units in whole currency units, "1,234,567", for charts and tables of large sums. */
export function formatMajor(minor: number, currency: string): string {
  return whole.format(Math.round(minor / 10 ** fraction(currency)));
}

/** Minor units, shortened for axes and headlines: "1.2 M", "340 k". */
export function formatShortMoney(minor: number, currency: string): string {
  const value = minor / 10 ** fraction(currency);
  const size = Math.abs(value);
  if (size >= 999_500) return `${trim(value / 1e6)} M`;
  if (size >= 1000) return `${Math.round(value / 1000)} k`;
  return String(Math.round(value));
}

function trim(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1).replace(/\.?0+$/, '');
}

/** Minor units in whole currency units with the currency: "EUR 24,000,000". */
export function formatMajorMoney(minor: number, currency: string): string {
  return `${currency} ${formatMajor(minor, currency)}`;
}

/** Bytes for people: "18 kB", "2.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** "1 message", "3 messages". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}
