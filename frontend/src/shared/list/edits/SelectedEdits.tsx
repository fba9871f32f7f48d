import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { formatTotal } from '@/shared/format/number';
import type { Selection } from '@/shared/table/selection';
import { listQuery } from '../describe';
import type { KeysetList } from '../keyset';
import type { BulkList, Words } from './bulkList';
import { EditDialog } from './EditDialog';
import type { Selected } from './queries';
import { SelectionBar } from './SelectionBar';
import { records } from './words';

interface SelectedEditsProps {
  of: BulkList;
  words: Words;
  selection: Selection;
  list: KeysetList<unknown>;
  /** What the list asks for: all that match are those. */
  asked: { q?: string | undefined; where?: string | undefined; trashed?: true | undefined };
}

/** What one can do with the selected rows. */
export function SelectedEdits(props: SelectedEditsProps) {
  const { of, words, selection, list, asked } = props;
  const [editing, dialog] = useDisclosure(false);
  const about = useQuery(listQuery(of.list)).data;
  const total = formatTotal(list.total, list.totalIsFloor);
  const everything: Selected = {
    where: asked.where,
    text: asked.q,
    ...(asked.trashed && { trashed: true }),
  };
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
      {about && (
        <EditDialog
          {...{ of, about, words }}
          selected={editing && some ? (selection.all ? everything : { ids: selection.ids }) : null}
          count={selection.all ? `all ${total} that match` : records(selection.size)}
          onDone={() => {
            dialog.close();
            selection.clear();
          }}
          onClose={dialog.close}
        />
      )}
    </>
  );
}
