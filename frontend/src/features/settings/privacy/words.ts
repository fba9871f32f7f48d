import type { PrivacyRequest, Review } from '@/shared/api/types';

export const kindWords: Record<PrivacyRequest['kind'], string> = {
  erasure: 'Erasure',
  export: 'Export',
};

export const stateWords: Record<PrivacyRequest['state'], string> = {
  planning: 'Planning',
  planned: 'To be confirmed',
  working: 'Erasing',
  scrubbing: 'Cleaning up',
  done: 'Done',
};

export const groundWords: Record<string, string> = {
  'no-longer-needed': 'No longer needed for its purpose, Art. 17(1)(a)',
  'consent-withdrawn': 'Consent withdrawn, Art. 17(1)(b)',
  objection: 'Objection, Art. 17(1)(c)',
  unlawful: 'Held unlawfully, Art. 17(1)(d)',
  'legal-duty': 'A law demands it, Art. 17(1)(e)',
  retention: 'The time of keeping is over',
};

export const whyWords: Record<Review['why'], string> = {
  'no-basis': 'No contact, no legal basis',
  'review-past': 'Day of review has come',
};
