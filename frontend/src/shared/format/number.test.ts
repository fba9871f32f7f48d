import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatMajor,
  formatMoney,
  formatShare,
  formatShortMoney,
  formatTotal,
  plural,
} from './number';

describe('money', () => {
  it('keeps cents, and the currency’s own number of digits', () => {
    expect(formatMoney({ minor: 123456, currency: 'EUR' })).toBe('EUR 1,234.56');
    expect(formatMoney({ minor: -5, currency: 'EUR' })).toBe('EUR -0.05');
    expect(formatMoney({ minor: 1234, currency: 'JPY' })).toBe('JPY 1,234');
  });

  it('is rounded for charts', () => {
    expect(formatMajor(90_000_050, 'EUR')).toBe('900,001');
    expect(formatShortMoney(123_456_700, 'EUR')).toBe('1.23 M');
    expect(formatShortMoney(-34_000_000, 'EUR')).toBe('-340 k');
    expect(formatShortMoney(99_950_000, 'EUR')).toBe('1 M');
  });

  it('survives a code that is no currency', () => {
    expect(formatMajor(12300, 'not one')).toBe('123');
  });
});

describe('shares', () => {
  it('say n/a where there is nothing to divide by', () => {
    expect(formatShare(null)).toBe('n/a');
    expect(formatShare(0)).toBe('0.0 %');
    expect(formatShare(0.6111)).toBe('61.1 %');
  });
});

it('says when a total is only a floor', () => {
  expect(formatTotal(10000, true)).toBe('10,000+');
  expect(formatTotal(10000)).toBe('10,000');
});

it('counts things and bytes', () => {
  expect(plural(1, 'message')).toBe('1 message');
  expect(plural(2000, 'message')).toBe('2,000 messages');
  expect(formatBytes(999)).toBe('999 B');
  expect(formatBytes(48_211)).toBe('48 kB');
});
