import type { QueryKey } from '@tanstack/react-query';
import type { Permission } from '@/shared/api/types';
import type { ValueWords } from '../filter/words';

/** A list whose records can be changed many at a time, as the screens of that need to know it. */
export interface BulkList {
  list: 'stakeholders' | 'opportunities' | 'agreements' | 'tasks';
  /** What the page of the list is called. */
  name: string;
  to: '/stakeholders' | '/pipeline' | '/funding/agreements' | '/tasks';
  history: '/stakeholders/edits' | '/pipeline/edits' | '/funding/agreements/edits' | '/tasks/edits';
  /** Who may change its records. */
  may: Permission;
  /** Where what was read may be another after a change. */
  keys: QueryKey[];
}

/** How the closed sets of a list's fields are said. */
export type Words = ValueWords['words'];
