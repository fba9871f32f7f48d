import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { formatTotal } from '@/shared/format/number';
import { taskStateWords } from '@/shared/format/words';
import { useKeysetList } from '@/shared/list/keyset';
import { ListTools } from '@/shared/list/ListTools';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { columnsOf, shownKeys } from '@/shared/table/columns';
import { ExportMenu } from '@/shared/table/ExportMenu';
import { RecordTable } from '@/shared/table/RecordTable';
import { tasksKey } from '@/shared/tasks/queries';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { columns, compactRow, ownColumns, tickColumn } from './columns';
import { askedOf, readTasks } from './queries';
import { sorts, states, tasksSearch, type TasksSearch } from './search';
import { TaskDialog } from './TaskDialog';
import classes from './tasks.module.css';

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
  const change = (next: Partial<TasksSearch>) =>
    void navigate({ search: (old) => ({ ...old, rows: undefined, ...next }), replace: true });
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
      <Switches search={search} onChange={change} />
      <ListTools
        list="tasks"
        label="Words"
        words={{ state: taskStateWords }}
        {...{ search, columns, shown }}
        onChange={change}
      />
      <RecordTable
        label="Tasks"
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

interface SwitchesProps {
  search: TasksSearch;
  onChange: (next: Partial<TasksSearch>) => void;
}

function Switches({ search, onChange }: SwitchesProps) {
  return (
    <div className={classes.switches}>
      <SegmentedControl
        aria-label="Whose tasks"
        data={[
          { value: 'mine', label: 'Mine' },
          { value: 'all', label: 'All' },
        ]}
        value={search.whose ?? 'mine'}
        onChange={(whose) => onChange({ whose: whose === 'all' ? 'all' : undefined })}
      />
      <SegmentedControl
        aria-label="Which tasks"
        data={[
          { value: 'open', label: 'Open' },
          { value: 'overdue', label: 'Overdue' },
          { value: 'done', label: 'Done' },
          { value: 'any', label: 'Any' },
        ]}
        value={search.state ?? 'open'}
        onChange={(next) => {
          const state = states.find((one) => one === next);
          onChange({ state: state === 'open' ? undefined : state, sort: undefined });
        }}
      />
    </div>
  );
}

function Nothing({ search: { whose, state, q, where } }: { search: TasksSearch }) {
  const mayWrite = useMay('engagement:write');
  const newOne = mayWrite && (
    <ButtonLink to="/tasks" search={(old) => ({ ...tasksSearch(old), task: 'new' })}>
      New task
    </ButtonLink>
  );
  if (q ?? where) {
    return (
      <EmptyState
        title="No task matches these filters."
        action={
          <ButtonLink to="/tasks" search={{ whose, state }} variant="default">
            Clear the filters
          </ButtonLink>
        }
      />
    );
  }
  if (state === 'overdue') return <EmptyState title="Nothing is overdue." />;
  if (state === 'done') return <EmptyState title="Nothing has been done yet." />;
  return (
    <EmptyState
      title={whose ? 'There are no open tasks.' : 'You have no open tasks.'}
      action={newOne}
    >
      What one of us must do, by a day, with reminders before it.
    </EmptyState>
  );
}
