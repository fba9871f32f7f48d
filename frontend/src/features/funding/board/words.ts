import { formatFigure, formatShare } from '@/shared/format/number';
import { metricWords } from '@/shared/funding/metrics';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

const others: Record<string, string> = {
  income: 'Income',
  effective: 'Effective funders',
  freeReserves: 'Free reserves',
};

/** What a figure is called, with its currency where it is an amount. */
export function nameOf(metric: string, currency: string): string {
  const name = others[metric];
  if (name && metric !== 'effective') return `${name}, ${currency}`;
  return name ?? (metricWords as Record<string, string>)[metric] ?? metric;
}

/** A figure of a pack as it is read. */
export function show(metric: string, value: number | null): string {
  switch (metric) {
    case 'hhi':
      return formatFigure(value, 3);
    case 'reserveMonths':
    case 'effective':
      return formatFigure(value, 1);
    case 'income':
    case 'freeReserves':
      return value === null ? 'n/a' : whole.format(value);
    default:
      return formatShare(value);
  }
}

export const viewWords = { ultimate: 'by ultimate donor', direct: 'by direct donor' };

export const stateWords = {
  waiting: 'waiting',
  making: 'being made',
  done: 'made',
  failed: 'failed',
  stopped: 'stopped',
};

export const chartWords: Record<string, string> = {
  diversification: 'Donor diversification',
  sources: 'Income by kind of source',
  earmarking: 'Earmarked and unearmarked income',
  forecast: 'Forecast',
  realisation: 'Budget and realisation',
  reserves: 'Reserves',
  reserveMonths: 'Months of free reserves',
};
