import { dueDiligenceWords, kindWords, roleWords, sourceTypeWords } from '@/shared/format/words';

/** How the closed sets of the list's fields are said. */
export const valueWords = {
  kind: kindWords,
  roles: roleWords,
  'donor.sourceType': sourceTypeWords,
  'donor.dueDiligence': dueDiligenceWords,
};
