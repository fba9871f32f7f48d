import { count, oneOf, text } from '@/shared/list/search';
import { sorts } from '../search';

export const expenseStates = ['realised', 'committed'] as const;

export interface ExpensesSearch {
  year?: number | undefined;
  projectId?: string | undefined;
  fundId?: string | undefined;
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
    category: text(raw, 'category'),
    state: oneOf(raw, 'state', expenseStates),
    importId: text(raw, 'importId'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}
