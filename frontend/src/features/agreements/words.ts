import type { Agreement, Instalment, Obligation, Requirement } from '@/shared/api/types';
import { earmarkingWords, sourceTypeWords } from '@/shared/format/words';
import type { Tone } from '@/shared/ui/Tag';

/** How the closed vocabularies of agreements are said to people. */
export const agreementStateWords: Record<Agreement['state'], string> = {
  draft: 'Draft',
  signed: 'Signed',
  running: 'Running',
  ended: 'Ended',
  closed: 'Closed',
};

export const agreementTones: Record<Agreement['state'], Tone> = {
  draft: 'plain',
  signed: 'info',
  running: 'good',
  ended: 'warn',
  closed: 'mute',
};

export const instalmentKindWords: Record<Instalment['kind'], string> = {
  prefinancing: 'Pre-financing',
  interim: 'Interim',
  balance: 'Balance',
  other: 'Other',
};

export const instalmentStateWords: Record<Instalment['state'], string> = {
  scheduled: 'Scheduled',
  requested: 'Requested',
  paid: 'Paid',
};

export const requirementKindWords: Record<Requirement['kind'], string> = {
  narrative: 'Narrative report',
  financial: 'Financial report',
  audit: 'Audit',
  visibility: 'Visibility',
  other: 'Other',
};

export const requirementStateWords: Record<Requirement['state'], string> = {
  open: 'Open',
  submitted: 'Submitted',
  accepted: 'Accepted',
  rejected: 'Rejected',
  waived: 'Waived',
};

export const requirementTones: Record<Requirement['state'], Tone> = {
  open: 'plain',
  submitted: 'info',
  accepted: 'good',
  rejected: 'bad',
  waived: 'mute',
};

export const stringKindWords: Record<string, string> = {
  pledge: 'Pledge',
  veto: 'Publication veto',
  data: 'Data duty',
  exclusivity: 'Exclusivity',
  audit: 'Audit right',
  other: 'Other',
};

export const severityWords: Record<number, string> = {
  1: 'Light: we can live with it',
  2: 'Firm: it costs us something',
  3: 'Grave: it touches what we stand for',
};

export const obligationKindWords: Record<Obligation['kind'], string> = {
  requirement: 'Requirement',
  instalment: 'Payment due',
  term: 'End of a term',
  string: 'String',
  diligence: 'Due diligence',
};

/** Hundredths of a percent: 725 → "7.25 %". */
export function formatPoints(points: number | undefined): string {
  return points ? `${points / 100} %` : '';
}

/** How the closed sets of the list's fields are said. */
export const valueWords = {
  state: agreementStateWords,
  sourceType: sourceTypeWords,
  earmarking: earmarkingWords,
};
