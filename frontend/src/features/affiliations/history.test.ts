import { expect, it } from 'vitest';
import type { Affiliation } from '@/shared/api/types';
import { placed } from './history';

const post = (from?: string, to?: string) =>
  ({ ...(from && { from }), ...(to && { to }) }) as Affiliation;

it('draws who follows right after another without a gap, and the current until now', () => {
  const line = placed([post('2024-07'), post('2020', '2024-06')], '2026-01-01');
  const [now, before] = line?.spans ?? [];
  expect(before?.from).toBe(0);
  expect(before?.to).toBeCloseTo(now?.from ?? -1, 5);
  expect(now?.to).toBe(1);
});

it('begins where nothing else is known, and draws nothing of nothing', () => {
  expect(
    placed([post(undefined, '2022'), post('2020', '2021')], '2026-01-01')?.spans[0]?.from,
  ).toBe(0);
  expect(placed([], '2026-01-01')).toBeNull();
  expect(placed([post()], '2026-01-01')).toBeNull();
});

it('names no more years than fit', () => {
  const years = placed([post('1990')], '2026-01-01')?.years ?? [];
  expect(years.length).toBeLessThan(8);
  expect(years[0]).toEqual({ year: 1990, at: 0 });
});
