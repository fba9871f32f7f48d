import { text } from '@/shared/list/search';

/** What the address of a record may say of its timeline. */
export interface EntrySearch {
  /** The interaction that is shown whole. */
  entry?: string | undefined;
}

export function entrySearch(raw: Record<string, unknown>): EntrySearch {
  return { entry: text(raw, 'entry') };
}
