import { oneOf, text } from '@/shared/list/search';

export interface DuplicatesSearch {
  state?: 'different' | undefined;
  kind?: 'person' | 'organisation' | undefined;
}

export function duplicatesSearch(raw: Record<string, unknown>): DuplicatesSearch {
  return {
    state: oneOf(raw, 'state', ['different']),
    kind: oneOf(raw, 'kind', ['person', 'organisation']),
  };
}

export interface MergeSearch {
  /** The record that stays. */
  stays?: string | undefined;
  /** The record that goes. */
  goes?: string | undefined;
}

export function mergeSearch(raw: Record<string, unknown>): MergeSearch {
  return { stays: text(raw, 'stays'), goes: text(raw, 'goes') };
}
