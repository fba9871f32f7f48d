import { getRouteApi } from '@tanstack/react-router';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { formatTotal } from '@/shared/format/number';
import { HistoryLink } from '@/shared/list/edits/HistoryLink';
import { SelectedEdits } from '@/shared/list/edits/SelectedEdits';
import { useKeysetList } from '@/shared/list/keyset';
import { ListTools } from '@/shared/list/ListTools';
import { moved, type ListState } from '@/shared/list/views/state';
import { ViewBar } from '@/shared/list/views/ViewBar';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { columnsOf, shownKeys } from '@/shared/table/columns';
import { ExportMenu } from '@/shared/table/ExportMenu';
import { RecordTable } from '@/shared/table/RecordTable';
import { useSelection } from '@/shared/table/selection';
import { tasksKey } from '@/shared/tasks/queries';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { taskBulk, valueWords } from './bulk';
import { columns, compactRow, ownColumns, tickColumn } from './columns';
import { askedOf, readTasks } from './queries';
import {
  everything,
  ownWhere,
  sorts,
  switched,
  switchesOf,
  tasksSearch,
  type TasksSearch,
} from './search';
import { saidBySwitches, SwitchBar } from './SwitchBar';
import { TaskDialog } from './TaskDialog';

const route = getRouteApi('/house/tasks');

export function TasksPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('engagement:write');
  const asked = askedOf(search);
  const shown = shownKeys(columns, ownColumns, search.columns);
  const list = useKeysetList(
    [...tasksKey, 'list', asked],
    (page, signal) => readTasks(asked, page, signal),
    search.rows ? { shown: search.rows } : {},
  );
  const selection = useSelection(list.rows, JSON.stringify(asked));
  const change = (next: Partial<TasksSearch>) =>
    void navigate({ search: (old) => moved(old, next), replace: true });
  const narrow = (next: string | undefined) =>
    change({ where: next === ownWhere ? undefined : next, sort: undefined });
  const open = ({ sort, ...state }: ListState) =>
    void navigate({ search: { ...state, sort: sorts.find((one) => one === sort) } });
  const close = () => void navigate({ search: (old) => ({ ...old, task: undefined }) });

  return (
    <Page
      title="Tasks"
      aside={!list.isPending && formatTotal(list.total, list.totalIsFloor)}
      actions={
        <>
          <ButtonLink
            to="/tasks/templates"
            variant="subtle"
            color="gray"
            leftSection={<IconListCheck size={16} aria-hidden />}
          >
            Templates
          </ButtonLink>
          <HistoryLink of={taskBulk} />
          <ExportMenu
            formats={[
              { label: 'CSV', path: '/tasks.csv' },
              { label: 'Spreadsheet (XLSX)', path: '/tasks.xlsx' },
            ]}
            query={{ ...asked, columns: shown.join(',') }}
          />
          {mayWrite && (
            <ButtonLink
              to="/tasks"
              search={(old) => ({ ...tasksSearch(old), task: 'new' })}
              leftSection={<IconPlus size={16} aria-hidden />}
            >
              New
            </ButtonLink>
          )}
        </>
      }
    >
      <ViewBar list="tasks" own="My tasks" state={search} onOpen={open} />
      <ListTools
        list="tasks"
        label="Words"
        words={valueWords}
        own={ownWhere}
        everything={everything}
        quick={{
          of: saidBySwitches(asked.where),
          controls: <SwitchBar where={asked.where} onChange={narrow} />,
          onPhone: true,
        }}
        {...{ search, columns, shown }}
        onChange={change}
      />
      {mayWrite && (
        <SelectedEdits of={taskBulk} words={valueWords} {...{ selection, list, asked }} />
      )}
      <RecordTable
        label="Tasks"
        selection={mayWrite ? { ...selection, nameOf: (one) => one.title } : undefined}
        columns={[tickColumn, ...columnsOf(columns, shown, search.columns !== undefined)]}
        compact={compactRow}
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
        empty={<Nothing search={search} />}
      />
      <TaskDialog id={search.task} onClose={close} />
    </Page>
  );
}

function Nothing({ search: { q, where = ownWhere } }: { search: TasksSearch }) {
  const mayWrite = useMay('engagement:write');
  const { mine, which } = switchesOf(where);
  const isSwitched = where === switched(undefined, { mine, which });
  if (q ?? !isSwitched) {
    return (
      <EmptyState
        title="No task matches these filters."
        action={
          <ButtonLink to="/tasks" search={{ view: 'all' }} variant="default">
            Clear the filters
          </ButtonLink>
        }
      />
    );
  }
  if (which === 'overdue') return <EmptyState title="Nothing is overdue." />;
  if (which === 'done') return <EmptyState title="Nothing has been done yet." />;
  return (
    <EmptyState
      title={mine ? 'You have no open tasks.' : 'There are no open tasks.'}
      action={
        mayWrite && (
          <ButtonLink to="/tasks" search={(old) => ({ ...tasksSearch(old), task: 'new' })}>
            New task
          </ButtonLink>
        )
      }
    >
      What one of us must do, by a day, with reminders before it.
    </EmptyState>
  );
}
