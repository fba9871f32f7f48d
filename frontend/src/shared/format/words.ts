import type { CallState, RunOutcome, SensitiveKind, Sharing } from '@/shared/api/types';

/** How the closed vocabularies of the API are said to people. A word we do not know is shown as it is. */
export function say(words: Record<string, string>, value: string | undefined): string {
  return value ? (words[value] ?? value) : '';
}

export function options(words: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

export const roleWords: Record<string, string> = {
  donor: 'Donor',
  igo: 'IGO',
  mep: 'MEP',
  movement: 'Movement',
  member: 'Member',
  government: 'Government',
  business: 'Business',
  media: 'Media',
  other: 'Other',
};

export const kindWords: Record<string, string> = {
  person: 'Person',
  organisation: 'Organisation',
  seat: 'Seat',
};

export const dueDiligenceWords: Record<string, string> = {
  open: 'Under way',
  cleared: 'Cleared',
  conditions: 'Cleared with conditions',
  refused: 'Refused',
};

export const schemeWords: Record<string, string> = {
  mep: 'MEP id',
  pic: 'PIC',
  'transparency-register': 'Transparency Register',
  lei: 'LEI',
  oar: 'OAR',
  'org-id': 'Organisation id',
  other: 'Other',
};

export const lawfulBasisWords: Record<string, string> = {
  consent: 'Consent',
  contract: 'Contract',
  'legal-obligation': 'Legal obligation',
  'vital-interests': 'Vital interests',
  'public-task': 'Public task',
  'legitimate-interests': 'Legitimate interests',
};

export const accessRoleWords: Record<string, string> = {
  administrator: 'Administrator',
  fundraiser: 'Fundraiser',
  advocate: 'Advocate',
  board: 'Board member',
};

export const callStateWords: Record<CallState, string> = {
  open: 'Open',
  forthcoming: 'Forthcoming',
  closed: 'Closed',
  unknown: 'Unknown',
};

export const callKindWords: Record<string, string> = {
  topic: 'Grant topic',
  external: 'External action',
  cascade: 'Cascade funding',
  tender: 'Tender',
  item: 'Feed item',
};

export const taskStateWords: Record<string, string> = {
  open: 'Open',
  done: 'Done',
  dropped: 'Dropped',
};

export const earmarkingWords: Record<string, string> = {
  unearmarked: 'Unearmarked',
  soft: 'Softly earmarked',
  earmarked: 'Earmarked',
  tight: 'Tightly earmarked',
};

export const lostReasonWords: Record<string, string> = {
  eligibility: 'Not eligible',
  fit: 'Did not fit their aims',
  quality: 'Our paper was not good enough',
  competition: 'Others were better',
  budget: 'They had too little money',
  timing: 'Bad timing',
  capacity: 'We had no capacity',
  strategy: 'Did not fit our strategy',
  partner: 'A partner left',
  integrity: 'The donor is not one for us',
  other: 'Other',
};

export const restrictionWords: Record<string, string> = {
  unrestricted: 'Unrestricted',
  designated: 'Designated',
  restricted: 'Restricted',
};

export const sourceTypeWords: Record<string, string> = {
  eu: 'EU',
  government: 'Government',
  igo: 'IGO',
  foundation: 'Foundation',
  corporate: 'Corporate',
  membership: 'Membership fees',
  services: 'Services',
  public: 'Public giving',
  other: 'Other',
};

export const basisWords: Record<string, string> = {
  cash: 'cash received',
  accrued: 'accrued',
  signed: 'signed',
};

export const outcomeWords: Record<RunOutcome, string> = {
  running: 'Running',
  done: 'Done',
  unchanged: 'Unchanged',
  partial: 'Partial',
  unavailable: 'Source unavailable',
  failed: 'Failed',
  stopped: 'Stopped',
};

export const sharingWords: Record<Sharing, { label: string; others: string }> = {
  private: { label: 'Private', others: 'Nobody but you sees that this conversation exists.' },
  metadata: {
    label: 'Who and when',
    others: 'Colleagues see who wrote to whom and when. Not the subject, not the text.',
  },
  subject: {
    label: 'Subject',
    others: 'Colleagues see who, when and the subject lines. Not the text or attachments.',
  },
  full: {
    label: 'Everything',
    others: 'Colleagues read the whole conversation, attachments included.',
  },
};

export const sensitiveWords: Record<SensitiveKind, string> = {
  health: 'Health',
  ethnicity: 'Ethnicity',
  religion: 'Religion',
  'sexual-life': 'Sexual life',
  'trade-union': 'Trade-union membership',
  offences: 'Offences',
  'case-data': 'Data of a case',
};
