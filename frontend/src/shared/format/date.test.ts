import { afterEach, describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  describeDays,
  formatDate,
  formatInstantShort,
  formatMonth,
  today,
} from './date';

const home = process.env['TZ'];
afterEach(() => {
  process.env['TZ'] = home;
});

describe('civil dates', () => {
  it.each(['Europe/Brussels', 'America/New_York', 'UTC', 'Pacific/Kiritimati'])(
    'read the same on a wall in %s',
    (zone) => {
      process.env['TZ'] = zone;
      // The night on which Brussels changes to summer time.
      expect(formatDate('2026-03-29')).toBe('29 Mar 2026');
      expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
      expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    },
  );

  it('name a month as they do themselves', () => {
    expect(formatDate('2027-09-04')).toContain(formatMonth('2027-09'));
    expect(formatMonth('2027-09')).toBe('Sep 2027');
  });

  it('show what cannot be read as it is', () => {
    expect(formatMonth('soon')).toBe('soon');
    expect(formatDate('soon')).toBe('soon');
    expect(formatDate(undefined)).toBe('');
    expect(daysBetween('2026-01-01', 'soon')).toBeNull();
  });

  it('take today from the wall, not from UTC', () => {
    process.env['TZ'] = 'Europe/Brussels';
    expect(today(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
  });
});

describe('distances', () => {
  it('are said as people say them', () => {
    expect([-3, -1, 0, 1, 12].map(describeDays)).toEqual([
      '3 days ago',
      'yesterday',
      'today',
      'tomorrow',
      'in 12 days',
    ]);
  });
});

describe('short moments', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T09:05:00Z', '09:05'],
    ['2026-11-17T09:05:00Z', 'Tue'],
    ['2026-03-01T09:05:00Z', '1 Mar'],
    ['2024-03-01T09:05:00Z', '1 Mar 2024'],
    ['nonsense', ''],
  ])('%s is %s', (at, said) => {
    process.env['TZ'] = 'UTC';
    expect(formatInstantShort(at, now)).toBe(said);
  });
});
