import { count, oneOf, text } from '@/shared/list/search';

export const feeSorts = ['-outstanding', 'outstanding', 'name', '-name', '-paid', 'paid'] as const;

export interface FeesSearch {
  /** The fiscal year that comes first. */
  year?: number | undefined;
  q?: string | undefined;
  sort?: (typeof feeSorts)[number] | undefined;
}

export function feesSearch(raw: Record<string, unknown>): FeesSearch {
  return { year: count(raw, 'year'), q: text(raw, 'q'), sort: oneOf(raw, 'sort', feeSorts) };
}
