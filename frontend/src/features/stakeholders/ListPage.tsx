import { getRouteApi } from '@tanstack/react-router';
import { formatTotal } from '@/shared/format/number';
import { SelectedEdits } from '@/shared/list/edits/SelectedEdits';
import { useKeysetList } from '@/shared/list/keyset';
import { ListTools } from '@/shared/list/ListTools';
import { listOwn, type ListState } from '@/shared/list/views/state';
import { ViewBar } from '@/shared/list/views/ViewBar';
import { useMay } from '@/shared/session/session';
import { columnsOf, shownKeys } from '@/shared/table/columns';
import { RecordTable } from '@/shared/table/RecordTable';
import { useSelection } from '@/shared/table/selection';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { stakeholderBulk } from './bulk';
import { columns, compactRow, ownColumns } from './columns';
import { ListActions } from './ListActions';
import { NothingFound } from './NothingFound';
import { all as stakeholders, readPage, readPageWithParents } from './queries';
import { sorts, type StakeholdersSearch } from './search';
import { TrashRow, trashColumns } from './trash';
import { valueWords } from './words';

const route = getRouteApi('/house/stakeholders');

export function StakeholderListPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('stakeholders:write');
  const { view, q, where, columns: named, trashed, sort, rows } = search;
  // Found by words, the best order is the server's; otherwise by name.
  const asked = { q, where, trashed, sort: sort ?? (q ? undefined : ('name' as const)) };
  const shown = shownKeys(columns, ownColumns, named);
  const read = shown.includes('parent') ? readPageWithParents : readPage;
  const list = useKeysetList(
    [...stakeholders, 'list', asked, read === readPageWithParents],
    (page, signal) => read(asked, page, signal),
    rows ? { shown: rows } : {},
  );
  const selection = useSelection(list.rows, JSON.stringify(asked));
  const change = (next: Partial<StakeholdersSearch>) => {
    const all = { view, q, where, columns: named, trashed, sort, ...next };
    // An address that says nothing would open the view that one has chosen.
    const nothing = Object.values(all).every((value) => value === undefined);
    void navigate({ search: nothing ? { view: listOwn.view } : all, replace: true });
  };
  const open = ({ sort, ...state }: ListState) =>
    void navigate({ search: { ...state, sort: sorts.find((one) => one === sort) } });

  return (
    <Page
      title={trashed ? 'Trash' : 'Stakeholders'}
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      back={
        trashed && (
          <TextLink to="/stakeholders">
            <BackLabel>Stakeholders</BackLabel>
          </TextLink>
        )
      }
      actions={!trashed && <ListActions asked={asked} columns={shown.join(',')} />}
    >
      {!trashed && <ViewBar list="stakeholders" own="Everybody" state={search} onOpen={open} />}
      <ListTools
        list="stakeholders"
        label="Name, email or words"
        words={valueWords}
        search={search}
        columns={columns}
        shown={search.trashed ? null : shown}
        // Who searches wants the best match first, whatever the order was.
        onChange={(next) => change('q' in next ? { ...next, sort: undefined } : next)}
      />
      {mayWrite && (
        <SelectedEdits of={stakeholderBulk} words={valueWords} {...{ selection, list, asked }} />
      )}
      <RecordTable
        even
        selection={mayWrite ? { ...selection, nameOf: (one) => one.name } : undefined}
        label={trashed ? 'Stakeholders in the trash' : 'Stakeholders'}
        columns={trashed ? trashColumns : columnsOf(columns, shown, named !== undefined)}
        compact={trashed ? (one) => <TrashRow one={one} /> : compactRow}
        list={list}
        rowKey={(one) => one.id}
        sort={asked.sort}
        onSort={(sort) => change({ sort: sorts.find((one) => one === sort) })}
        onDeeper={(deeper) =>
          void navigate({
            search: (old) => ({ ...old, rows: deeper }),
            replace: true,
            resetScroll: false,
          })
        }
        empty={<NothingFound search={search} mayWrite={mayWrite} />}
      />
    </Page>
  );
}
