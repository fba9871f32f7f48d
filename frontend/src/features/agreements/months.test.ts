import { expect, it } from 'vitest';
import { monthName, shiftMonth, weeksOf } from './months';

it('fills whole weeks from Monday to Sunday', () => {
  const november = weeksOf('2026-11'); // begins on a Sunday, ends on a Monday
  expect(november[0]).toEqual([
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
    '2026-10-31',
    '2026-11-01',
  ]);
  expect(november).toHaveLength(6);
  expect(november.at(-1)?.[0]).toBe('2026-11-30');
  expect(weeksOf('2027-02')).toHaveLength(4); // 28 days, from a Monday on
  expect(weeksOf('2024-02').flat()).toContain('2024-02-29');
});

it('turns the year in both directions', () => {
  expect(shiftMonth('2026-12', 1)).toBe('2027-01');
  expect(shiftMonth('2026-01', -1)).toBe('2025-12');
  expect(monthName('2026-01')).toBe('January 2026');
});
