import type { BudgetVersion } from '@/shared/api/types';
import { formatInstant } from '@/shared/format/date';
import { Tag } from '@/shared/ui/Tag';

const words = { draft: 'Draft', adopted: 'Adopted', superseded: 'Superseded' } as const;

export function StateOfVersion({ of }: { of: BudgetVersion }) {
  return (
    <>
      <Tag tone={of.state === 'adopted' ? 'good' : undefined}>{words[of.state]}</Tag>
      {of.adoptedAt && ` recorded by ${of.adoptedBy ?? ''}, ${formatInstant(of.adoptedAt)}`}
    </>
  );
}
