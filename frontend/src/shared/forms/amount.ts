import type { FormErrors } from '@mantine/form';
import type { Money } from '@/shared/api/types';
import { fraction } from '@/shared/format/number';

/** An amount as a form holds it: what was typed, and a currency. */
export interface Typed {
  figure: number | string;
  currency: string;
}

/** An amount for a form; where there is none, the currency that it begins with. */
export function typed(money: Money | undefined, currency: string): Typed {
  if (!money) return { figure: '', currency };
  return { figure: money.minor / 10 ** fraction(money.currency), currency: money.currency };
}

/** Minor units of what was typed; undefined where nothing was. */
export function moneyOf({ figure, currency }: Typed): Money | undefined {
  const value = typeof figure === 'number' ? figure : Number(figure.replaceAll(',', ''));
  if (figure === '' || Number.isNaN(value)) return undefined;
  return { minor: Math.round(value * 10 ** fraction(currency)), currency };
}

/** What was wrong with an amount, be it the figure or the currency: they are one field. */
export const amountError = (errors: FormErrors, path = 'amount') =>
  errors[path] ?? errors[`${path}.minor`] ?? errors[`${path}.currency`];
