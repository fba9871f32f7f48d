import { expect, test } from 'vitest';
import type { IncomeLine } from '@/shared/api/types';
import { deedsOf } from './deeds';

const line = { amount: { minor: 100, currency: 'EUR' } } as IncomeLine;

test.each([
  ['a line of an open year', {}, 'change refund split reverse remove'],
  ['one of a closed year', { closed: true }, 'refund reverse'],
  ['one that was taken back', { reversed: true }, ''],
  ['one that takes another back', { reversalOf: 'x' }, ''],
  ['a part of a payment', { splitId: 'x' }, 'change refund reverse'],
  ['one of the bank', { entryId: 'x' }, 'change refund split reverse'],
  ['a refund', { refundOf: 'x', amount: { minor: -5, currency: 'EUR' } }, 'change reverse remove'],
])('%s', (_, with_, deeds) => {
  expect(deedsOf({ ...line, ...with_ }).join(' ')).toBe(deeds);
});
