import { count, oneOf, text, yes } from '@/shared/list/search';
import { sorts } from '../search';

export const expenseStates = ['realised', 'committed'] as const;

export interface ExpensesSearch {
  year?: number | undefined;
  projectId?: string | undefined;
  fundId?: string | undefined;
  /** Only what comes out of no fund. */
  noFund?: true | undefined;
  category?: string | undefined;
  state?: (typeof expenseStates)[number] | undefined;
  importId?: string | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function expensesSearch(raw: Record<string, unknown>): ExpensesSearch {
  return {
    year: count(raw, 'year'),
    projectId: text(raw, 'projectId'),
    fundId: text(raw, 'fundId'),
    noFund: yes(raw, 'noFund'),
    category: text(raw, 'category'),
    state: oneOf(raw, 'state', expenseStates),
    importId: text(raw, 'importId'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}
