import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconStar, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListName, View } from '@/shared/api/types';
import { NameDialog, type Naming } from './NameDialog';
import { useChangeView, viewsQuery } from './queries';
import { differs, fieldsOf, listOwn, stateOf, type ListState } from './state';
import { ViewMenu } from './ViewMenu';
import classes from './views.module.css';

interface ViewBarProps {
  list: ListName;
  /** What the list without a view is called. */
  own: string;
  state: ListState;
  onOpen: (state: ListState) => void;
}

/** The views of a list: pinned ones as tabs, the others in a menu, and what one can do with the open one. */
export function ViewBar({ list, own, state, onOpen }: ViewBarProps) {
  const [naming, setNaming] = useState<Naming | null>(null);
  const views = useQuery(viewsQuery(list));
  const change = useChangeView(list);
  if (!views.data) return null;
  const { items, chosen } = views.data;
  const open = items.find((one) => one.id === state.view);
  const isOwn = open === undefined;
  const changed = open ? differs(state, open) : isFiltered(state);
  const tabs = items.filter((one) => one.pinned || one.id === open?.id);
  const others = items.filter((one) => !tabs.includes(one));
  return (
    <nav className={classes.bar} aria-label="Views">
      <div className={classes.tabs}>
        <Tab name={own} current={isOwn} onClick={() => onOpen(listOwn)} />
        {tabs.map((one) => (
          <Tab
            key={one.id}
            name={one.name}
            view={one}
            current={one.id === open?.id}
            changed={one.id === open?.id && changed}
            chosen={one.id === chosen}
            onClick={() => onOpen(stateOf(one))}
          />
        ))}
        {others.length > 0 && <Others views={others} onOpen={(one) => onOpen(stateOf(one))} />}
      </div>
      <div className={classes.actions}>
        {open && changed && open.mayChange && (
          <Button
            size="compact-sm"
            variant="light"
            loading={change.isPending}
            onClick={() => change.mutate({ view: open, fields: fieldsOf(state, open) })}
          >
            Save changes
          </Button>
        )}
        {changed && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => setNaming({ title: 'Save as a view', name: '' })}
          >
            Save as…
          </Button>
        )}
        {open && (
          <ViewMenu
            list={list}
            view={open}
            chosen={chosen === open.id}
            onRename={() => setNaming({ title: 'Rename the view', name: open.name, view: open })}
            onGone={() => onOpen(listOwn)}
          />
        )}
      </div>
      <NameDialog
        list={list}
        naming={naming}
        state={state}
        onSaved={(id) => onOpen({ ...state, view: id })}
        onClose={() => setNaming(null)}
      />
    </nav>
  );
}

function isFiltered({ q, where, sort, columns }: ListState) {
  return [q, where, sort, columns].some(Boolean);
}

interface TabProps {
  name: string;
  view?: View;
  current: boolean;
  changed?: boolean;
  chosen?: boolean;
  onClick: () => void;
}

function Tab({ name, view, current, changed = false, chosen = false, onClick }: TabProps) {
  return (
    <button
      type="button"
      className={classes.tab}
      aria-current={current ? 'page' : undefined}
      title={view?.shared ? `Shared by ${view.owner}` : undefined}
      onClick={onClick}
    >
      {chosen && <IconStar size={13} aria-label="Opens the list" />}
      {name}
      {changed && <span className={classes.changed}>changed</span>}
    </button>
  );
}

function Others({ views, onOpen }: { views: View[]; onOpen: (view: View) => void }) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.tab}>
          More views <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={one.shared ? <IconUsers size={15} aria-label="Shared" /> : undefined}
            onClick={() => onOpen(one)}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
