import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconStar,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import type { ListName, View } from '@/shared/api/types';
import { useChangeView, useChooseView, useRemoveView } from './queries';
import { fieldsOf, stateOf } from './state';

interface ViewMenuProps {
  list: ListName;
  view: View;
  chosen: boolean;
  onRename: () => void;
  onGone: () => void;
}

/** What one can do with the open view. What is shown now is not part of it. */
export function ViewMenu({ list, view, chosen, onRename, onGone }: ViewMenuProps) {
  const change = useChangeView(list);
  const choose = useChooseView(list);
  const remove = useRemoveView(list);
  const set = (part: Partial<Pick<View, 'shared' | 'pinned'>>) =>
    change.mutate({ view, fields: fieldsOf(stateOf(view), { ...view, ...part }) });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about the view ${view.name}`}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconStar size={15} aria-hidden />}
          onClick={() => choose.mutate(chosen ? null : view)}
        >
          {chosen ? 'No longer my default' : 'Make it my default'}
        </Menu.Item>
        {view.mayChange && (
          <>
            <Menu.Item
              leftSection={
                view.pinned ? (
                  <IconPinnedOff size={15} aria-hidden />
                ) : (
                  <IconPin size={15} aria-hidden />
                )
              }
              onClick={() => set({ pinned: !view.pinned })}
            >
              {view.pinned ? 'Unpin' : 'Pin as a tab'}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconUsers size={15} aria-hidden />}
              onClick={() => set({ shared: !view.shared })}
            >
              {view.shared ? 'Stop sharing' : 'Share with the team'}
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={onRename}>
              Rename…
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconTrash size={15} aria-hidden />}
              onClick={() => remove.mutate(view, { onSuccess: onGone })}
            >
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
