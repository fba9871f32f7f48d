import type { BulkList } from '@/shared/list/edits/bulkList';
import { all } from './queries';

export const agreementBulk: BulkList = {
  list: 'agreements',
  name: 'Agreements',
  to: '/funding/agreements',
  history: '/funding/agreements/edits',
  may: 'funding:write',
  keys: [all],
};
