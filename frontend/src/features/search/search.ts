import { manyOf, text } from '@/shared/list/search';

export const kinds = [
  'stakeholder',
  'interaction',
  'task',
  'call',
  'opportunity',
  'agreement',
  'thread',
] as const;

export interface EverythingSearch {
  q?: string | undefined;
  kinds?: (typeof kinds)[number][] | undefined;
}

export function everythingSearch(raw: Record<string, unknown>): EverythingSearch {
  return { q: text(raw, 'q'), kinds: manyOf(raw, 'kinds', kinds) };
}
