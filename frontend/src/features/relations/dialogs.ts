import type { Relation, RelationType, Stakeholder } from '@/shared/api/types';

/** What a person is about to do with a relation. */
export type Doing =
  { what: 'add' } | { what: 'edit'; relation: Relation } | { what: 'end'; relation: Relation };

export interface DialogProps {
  one: Stakeholder;
  types: RelationType[];
  onClose: () => void;
}
