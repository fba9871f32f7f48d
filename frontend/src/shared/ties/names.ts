import type { KnownStakeholder } from '@/shared/api/types';

type Knower = KnownStakeholder['knowers'][number];

/** "Jonas Lindqvist, Katarzyna Wójcik" of those who know, or once knew, a stakeholder. */
export function namesOf(one: KnownStakeholder, knowers: Knower[]): string {
  const known = new Map(one.accounts.map(({ id, name }) => [id, name]));
  return knowers.map(({ accountId }) => known.get(accountId) ?? 'a former colleague').join(', ');
}
