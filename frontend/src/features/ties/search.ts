import { text } from '@/shared/list/search';

/** Which stakeholders are the key ones; those with the tag "key" unless told. */
export interface ContinuitySearch {
  role?: string | undefined;
  tag?: string | undefined;
}

export function continuitySearch(raw: Record<string, unknown>): ContinuitySearch {
  return { role: text(raw, 'role'), tag: text(raw, 'tag') };
}
