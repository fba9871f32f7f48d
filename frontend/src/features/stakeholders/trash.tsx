import { Button } from '@mantine/core';
import type { Stakeholder } from '@/shared/api/types';
import { kindWords, say } from '@/shared/format/words';
import { useMay } from '@/shared/session/session';
import type { Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import { When } from '@/shared/ui/When';
import { useRestore } from './queries';

function RestoreButton({ one }: { one: Stakeholder }) {
  const restore = useRestore();
  const mayWrite = useMay('stakeholders:write');
  if (!mayWrite) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      style={{ position: 'relative' }}
      loading={restore.isPending}
      aria-label={`Restore ${one.name}`}
      onClick={() => restore.mutate(one.id)}
    >
      Restore
    </Button>
  );
}

export const trashColumns: Column<Stakeholder>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (one) => (
      <RowLink to="/stakeholders/$id" params={{ id: one.id }}>
        {one.name}
      </RowLink>
    ),
  },
  { key: 'kind', header: 'Kind', width: '16%', cell: (one) => say(kindWords, one.kind) },
  {
    key: 'trashedAt',
    header: 'In the trash since',
    width: '22%',
    cell: (one) => <When at={one.trashedAt} />,
  },
  {
    key: 'restore',
    header: 'Action',
    width: '110px',
    numeric: true,
    cell: (one) => <RestoreButton one={one} />,
  },
];

export function TrashRow({ one }: { one: Stakeholder }) {
  return (
    <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
      <RowLink to="/stakeholders/$id" params={{ id: one.id }}>
        {one.name}
      </RowLink>
      <RestoreButton one={one} />
    </div>
  );
}
