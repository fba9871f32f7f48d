import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import type { Agreement, Requirement } from '@/shared/api/types';
import { RowMenu, type RowAction } from '@/shared/ui/RowMenu';
import { sayFailed } from '@/shared/ui/say';
import { MoveRequirementDialog } from './MoveRequirementDialog';
import { atPart, useWrite } from './queries';
import { requirementStateWords } from './words';

interface RequirementMenuProps {
  one: Agreement;
  part: Requirement;
  onEdit: () => void;
}

/** From each state, the states that may come next. */
const next: Record<Requirement['state'], Requirement['state'][]> = {
  open: ['submitted', 'waived'],
  submitted: ['accepted', 'rejected', 'open'],
  accepted: ['open'],
  rejected: ['submitted', 'waived', 'open'],
  waived: ['open'],
};

export function RequirementMenu({ one, part, onEdit }: RequirementMenuProps) {
  const [to, setTo] = useState<Requirement['state'] | null>(null);
  const remove = useWrite(() =>
    data(api.DELETE('/agreements/{id}/requirements/{part}', { params: atPart(one, part.id) })),
  );
  const actions: RowAction[] = [
    ...next[part.state].map((state) => ({
      label: `${requirementStateWords[state]}…`,
      onClick: () => setTo(state),
    })),
    { label: 'Edit', onClick: onEdit },
    {
      label: 'Remove',
      danger: true,
      onClick: () => remove.mutate(undefined, { onError: sayFailed }),
    },
  ];
  return (
    <>
      <RowMenu of={part.title} actions={actions} />
      {to && <MoveRequirementDialog {...{ one, part, to }} onClose={() => setTo(null)} />}
    </>
  );
}
