import type { Affiliation, Stakeholder } from '@/shared/api/types';
import type { PostValues } from './values';

/** What a person is about to do with a post. */
export type Doing =
  | { what: 'add'; with: Partial<PostValues> }
  | { what: 'edit'; post: Affiliation }
  | { what: 'end'; post: Affiliation }
  | { what: 'succeed'; post: Affiliation }
  /** Somebody has left; where to? */
  | { what: 'moved'; post: Affiliation };

export interface DialogProps {
  one: Stakeholder;
  onDo: (next: Doing | null) => void;
}
