import type { TimelineEntry } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { RowMenu } from '@/shared/ui/RowMenu';
import { kindWords } from './kinds';
import { useTrash } from './queries';

interface EntryMenuProps {
  entry: TimelineEntry;
  onEdit: (id: string) => void;
}

/** What can be done with an interaction where it stands. */
export function EntryMenu({ entry, onEdit }: EntryMenuProps) {
  const trash = useTrash();
  const { id, rev = 0, kind, title, date } = entry;
  return (
    <RowMenu
      of={title ?? `${kindWords[kind]}, ${formatDate(date)}`}
      actions={[
        { label: 'Edit', onClick: () => onEdit(id) },
        { label: 'Move to the trash', danger: true, onClick: () => trash.mutate({ id, rev }) },
      ]}
    />
  );
}
