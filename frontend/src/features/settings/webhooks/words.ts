import type { AccessRole, Delivery } from '@/shared/api/types';
import type { Tone } from '@/shared/ui/Tag';

const nouns: Record<string, string> = {
  stakeholder: 'Stakeholders',
  affiliation: 'Affiliations',
  relation: 'Relations',
  position: 'Positions',
  interaction: 'Interactions',
  task: 'Tasks',
  call: 'Calls for proposals',
  income: 'Income written by hand',
  'income-import': 'Imports of income',
};

/** What records of a kind are called; a kind that this page does not know keeps its own name. */
export const nounWords = (noun: string) => nouns[noun] ?? noun;

const states: Record<Delivery['state'], { word: string; tone: Tone }> = {
  waiting: { word: 'Waiting', tone: 'info' },
  delivered: { word: 'Delivered', tone: 'good' },
  failed: { word: 'Given up', tone: 'bad' },
};
export const stateWords = (state: Delivery['state']) => states[state];

export const roleWords: Record<AccessRole, string> = {
  administrator: 'Administrator',
  fundraiser: 'Fundraiser',
  advocate: 'Advocate',
  board: 'Board member',
};

/** "stakeholder.changed" in two. */
export function eventParts(event: string): { noun: string; what: string } {
  const [noun = '', what = ''] = event.split('.');
  return { noun, what };
}
