import type { Delivery } from '@/shared/api/types';

export interface DeliveriesSearch {
  state?: Delivery['state'] | undefined;
}

export function deliveriesSearch(raw: Record<string, unknown>): DeliveriesSearch {
  const { state } = raw;
  return state === 'waiting' || state === 'delivered' || state === 'failed' ? { state } : {};
}
