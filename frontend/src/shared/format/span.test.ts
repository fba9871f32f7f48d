import { expect, it } from 'vitest';
import { formatPartial, formatSpan, yearsOf } from './span';

it('says a date as exactly as it is known', () => {
  expect(['2024-09-16', '2024-09', '2024', '', undefined].map(formatPartial)).toEqual([
    '16 Sep 2024',
    'Sep 2024',
    '2024',
    '',
    '',
  ]);
});

it('says how long something holds, with either end open', () => {
  expect(formatSpan({ from: '2024-09', to: '2026' })).toBe('Sep 2024 – 2026');
  expect(formatSpan({ from: '2024' })).toBe('since 2024');
  expect(formatSpan({ to: '2025-03' })).toBe('until Mar 2025');
  expect(formatSpan({})).toBe('');
});

it('places dates on a line', () => {
  expect(yearsOf('2024')).toBe(2024);
  expect(yearsOf('2024-07')).toBe(2024.5);
  expect(yearsOf('2024-09-16')).toBeGreaterThan(yearsOf('2024-09'));
});
