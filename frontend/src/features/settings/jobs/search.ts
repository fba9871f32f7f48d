import type { RunOutcome } from '@/shared/api/types';
import { count, oneOf, text } from '@/shared/list/search';

export const outcomes: RunOutcome[] = [
  'running',
  'done',
  'unchanged',
  'partial',
  'unavailable',
  'failed',
  'stopped',
];

export interface RunsSearch {
  job?: string | undefined;
  outcome?: RunOutcome | undefined;
  rows?: number | undefined;
}

export function runsSearch(raw: Record<string, unknown>): RunsSearch {
  return {
    job: text(raw, 'job'),
    outcome: oneOf(raw, 'outcome', outcomes),
    rows: count(raw, 'rows'),
  };
}
