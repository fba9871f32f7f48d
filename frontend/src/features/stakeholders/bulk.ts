import type { BulkList } from '@/shared/list/edits/bulkList';

export const stakeholderBulk: BulkList = {
  list: 'stakeholders',
  name: 'Stakeholders',
  to: '/stakeholders',
  history: '/stakeholders/edits',
  may: 'stakeholders:write',
  keys: [['stakeholders']],
};
