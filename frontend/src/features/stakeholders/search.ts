import type { StakeholderKind } from '@/shared/api/types';
import { count, oneOf, text, yes } from '@/shared/list/search';
import type { ListState } from '@/shared/list/views/state';

export const kinds: StakeholderKind[] = ['person', 'organisation', 'seat'];

export const sorts = [
  'name',
  '-name',
  'updatedAt',
  '-updatedAt',
  'createdAt',
  '-createdAt',
  'country',
  '-country',
] as const;

export interface StakeholdersSearch extends ListState {
  trashed?: true | undefined;
  sort?: (typeof sorts)[number] | undefined;
  rows?: number | undefined;
}

/** Plain words that people write into an address by hand, and the conditions that they mean. */
const plain = { kind: 'is', role: 'has', country: 'is', tag: 'has' } as const;
const fields = { kind: 'kind', role: 'roles', country: 'country', tag: 'tags' } as const;

export function stakeholdersSearch(raw: Record<string, unknown>): StakeholdersSearch {
  return {
    view: text(raw, 'view'),
    q: text(raw, 'q'),
    where: text(raw, 'where') ?? meant(raw),
    columns: text(raw, 'columns'),
    trashed: yes(raw, 'trashed'),
    sort: oneOf(raw, 'sort', sorts),
    rows: count(raw, 'rows'),
  };
}

function meant(raw: Record<string, unknown>): string | undefined {
  const conditions = (Object.keys(plain) as (keyof typeof plain)[]).flatMap((key) => {
    const value = text(raw, key);
    return value ? [[fields[key], plain[key], value]] : [];
  });
  if (conditions.length === 0) return undefined;
  return JSON.stringify(conditions.length === 1 ? conditions[0] : ['and', ...conditions]);
}
