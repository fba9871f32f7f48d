import type { BulkList } from '@/shared/list/edits/bulkList';
import { tasksKey } from '@/shared/tasks/queries';
import { all } from './queries';

export const opportunityBulk: BulkList = {
  list: 'opportunities',
  name: 'Pipeline',
  to: '/pipeline',
  history: '/pipeline/edits',
  may: 'funding:write',
  // A stage may bring tasks.
  keys: [all, tasksKey],
};
