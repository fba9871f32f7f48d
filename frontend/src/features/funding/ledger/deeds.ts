import type { IncomeLine } from '@/shared/api/types';

export type Deed = 'change' | 'refund' | 'split' | 'reverse' | 'remove';

/** What a person has asked to do with a line. */
export interface AskedDeed {
  deed: Deed;
  line: IncomeLine;
}

/** What can be done with a line; the rules are the API's, and what is out of the question is not offered. */
export function deedsOf(line: IncomeLine): Deed[] {
  if (line.reversalOf || line.reversed) return [];
  const list: Deed[] = [];
  if (!line.closed) list.push('change');
  if (line.amount.minor > 0) list.push('refund');
  if (!line.closed && !line.splitId && !line.refundOf) list.push('split');
  list.push('reverse');
  if (!line.closed && !line.splitId && !line.entryId) list.push('remove');
  return list;
}
