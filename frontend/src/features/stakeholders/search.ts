import type { StakeholderKind } from '@/shared/api/types';
import { count, oneOf, text, yes } from '@/shared/list/search';

export const sorts = ['name', '-name', 'updatedAt', '-updatedAt', 'country', '-country'] as const;

export const kinds: StakeholderKind[] = ['person', 'organisation', 'seat'];

export interface StakeholdersSearch {
  q?: string | undefined;
  kind?: StakeholderKind | undefined;
  role?: string | undefined;
  country?: string | undefined;
  tag?: string | undefined;
  trashed?: true | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

export function stakeholdersSearch(raw: Record<string, unknown>): StakeholdersSearch {
  return {
    q: text(raw, 'q'),
    kind: oneOf(raw, 'kind', kinds),
    role: text(raw, 'role'),
    country: text(raw, 'country'),
    tag: text(raw, 'tag'),
    trashed: yes(raw, 'trashed'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}
