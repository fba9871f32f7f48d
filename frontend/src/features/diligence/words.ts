import type { DiligenceCase, SanctionHit } from '@/shared/api/types';
import type { Tone } from '@/shared/ui/Tag';
import type { CaseAnswer, CaseOutcome, DonorStanding, Identifier } from './parts';

export const stateWords: Record<DiligenceCase['state'], string> = {
  open: 'Open',
  decided: 'Decided',
  expired: 'Ran out',
  replaced: 'Replaced',
};

export const outcomeWords: Record<CaseOutcome, string> = {
  accept: 'Accept',
  conditions: 'Accept with conditions',
  refuse: 'Refuse',
};

export const decidedWords: Record<CaseOutcome, string> = {
  accept: 'Accepted',
  conditions: 'Accepted with conditions',
  refuse: 'Refused',
};

export const outcomeTones: Record<CaseOutcome, Tone> = {
  accept: 'good',
  conditions: 'info',
  refuse: 'bad',
};

export const standingWords: Record<DonorStanding['state'], string> = {
  missing: 'No case yet',
  open: 'Under way',
  cleared: 'Cleared',
  conditions: 'Cleared with conditions',
  refused: 'Refused',
  expired: 'Ran out',
};

export const standingTones: Record<DonorStanding['state'], Tone> = {
  missing: 'warn',
  open: 'warn',
  cleared: 'good',
  conditions: 'info',
  refused: 'bad',
  expired: 'warn',
};

export const verdictWords: Record<CaseAnswer['verdict'], string> = {
  fine: 'No concern',
  concern: 'A concern',
  'not-applicable': 'Does not apply',
};

export const verdictTones: Record<CaseAnswer['verdict'], Tone> = {
  fine: 'good',
  concern: 'warn',
  'not-applicable': 'mute',
};

export const hitWords: Record<SanctionHit['state'], string> = {
  possible: 'To be judged',
  confirmed: 'It is them',
  dismissed: 'Somebody else',
};

export const hitTones: Record<SanctionHit['state'], Tone> = {
  possible: 'warn',
  confirmed: 'bad',
  dismissed: 'mute',
};

export const identifierWords: Record<Identifier['kind'], string> = {
  'birth-date': 'Date of birth',
  'birth-place': 'Place of birth',
  country: 'Country',
  address: 'Address',
  'register-number': 'Register number',
  document: 'Passport or identity card',
  function: 'Function or business',
  other: 'Something else',
};

export const stepWords: Record<DiligenceCase['history'][number]['what'], string> = {
  opened: 'Opened',
  proposed: 'Decision proposed',
  withdrawn: 'Proposal taken back',
  returned: 'Proposal given back',
  decided: 'Agreed and decided',
  replaced: 'Replaced by a later case',
};
