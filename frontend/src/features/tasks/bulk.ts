import { taskStateWords } from '@/shared/format/words';
import type { BulkList, Words } from '@/shared/list/edits/bulkList';
import { tasksKey, timelineKey } from '@/shared/tasks/queries';

export const taskBulk: BulkList = {
  list: 'tasks',
  name: 'Tasks',
  to: '/tasks',
  history: '/tasks/edits',
  may: 'engagement:write',
  keys: [tasksKey, timelineKey],
};

/** How the closed sets of the list's fields are said. */
export const valueWords: Words = { state: taskStateWords };
