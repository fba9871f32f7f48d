import { expect, it } from 'vitest';
import type { OpportunityPage } from '@/shared/api/types';
import { blank, fieldOf, percent, requestOf, valuesOf } from './fields';

it('writes amounts in minor units of their currency and percentages in hundredths', () => {
  const asked = requestOf({
    ...blank('EUR'),
    title: 'Core support',
    amount: 1234.5,
    matchPercent: 20,
    overhead: 7.25,
    partners: [
      { stakeholderId: 's1', role: 'partner', share: 12.5 },
      { stakeholderId: '', role: 'partner', share: '' },
    ],
    ourShare: 40,
  });
  expect(asked.ask).toEqual({ minor: 123450, currency: 'EUR' });
  expect(asked.coFinancing).toEqual({ points: 2000 });
  expect(asked.overhead).toBe(725);
  expect(asked.ourShare).toBe(4000);
  expect(asked.partners).toEqual([{ stakeholderId: 's1', role: 'partner', share: 1250 }]);
  expect(asked).not.toHaveProperty('probability');
  expect(requestOf({ ...blank('CHF'), amount: 500, currency: 'JPY' }).ask?.minor).toBe(500);
});

it('reads back what it has written, and a suggested probability as none', () => {
  const one = {
    title: 'Core support',
    ownerId: 'a1',
    ask: { minor: 123450, currency: 'EUR' },
    coFinancing: { points: 2000 },
    probability: 40,
    partners: [],
  } as unknown as OpportunityPage;
  expect(valuesOf(one, 'EUR')).toMatchObject({ amount: 1234.5, matchPercent: 20, probability: '' });
  expect(valuesOf({ ...one, probabilityReason: 'They rang.' }, 'EUR').probability).toBe(40);
  expect(percent(725)).toBe('7.25');
  expect(fieldOf('ask')).toBe('amount');
});
