import { oneOf } from '@/shared/list/search';

/** What narrows the list of persons up for review, as the address has it. */
export interface ReviewsSearch {
  why?: 'no-basis' | 'review-past' | undefined;
}

export function reviewsSearch(raw: Record<string, unknown>): ReviewsSearch {
  return { why: oneOf(raw, 'why', ['no-basis', 'review-past']) };
}
