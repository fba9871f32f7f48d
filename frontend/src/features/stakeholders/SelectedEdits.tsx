import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { formatTotal } from '@/shared/format/number';
import { listQuery } from '@/shared/list/describe';
import { EditDialog } from '@/shared/list/edits/EditDialog';
import type { Selected } from '@/shared/list/edits/queries';
import { SelectionBar } from '@/shared/list/edits/SelectionBar';
import { records } from '@/shared/list/edits/words';
import type { KeysetList } from '@/shared/list/keyset';
import type { Selection } from '@/shared/table/selection';
import { valueWords } from './words';

interface SelectedEditsProps {
  selection: Selection;
  list: KeysetList<unknown>;
  /** What the list asks for: all that match are those. */
  asked: { q?: string | undefined; where?: string | undefined; trashed?: true | undefined };
}

/** What one can do with the selected rows. */
export function SelectedEdits({
  selection,
  list,
  asked: { q, where, trashed },
}: SelectedEditsProps) {
  const [editing, dialog] = useDisclosure(false);
  const about = useQuery(listQuery('stakeholders'));
  const total = formatTotal(list.total, list.totalIsFloor);
  const everything: Selected = { where, text: q, ...(trashed && { trashed }) };
  const selected = selection.all ? everything : { ids: selection.ids };
  const some = selection.all || selection.size > 0;
  return (
    <>
      <SelectionBar
        selection={selection}
        loaded={list.rows.length}
        total={total}
        hasMore={list.hasMore}
        onEdit={dialog.open}
      />
      <EditDialog
        selected={editing && some && about.data ? selected : null}
        count={selection.all ? `all ${total} that match` : records(selection.size)}
        deeds={about.data?.deeds ?? []}
        words={valueWords}
        onDone={() => {
          dialog.close();
          selection.clear();
        }}
        onClose={dialog.close}
      />
    </>
  );
}
