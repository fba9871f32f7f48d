import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { AccountMenu } from './AccountMenu';
import classes from './TopBar.module.css';

interface TopBarProps {
  onMenu: () => void;
  onSearch: () => void;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar({ onMenu, onSearch }: TopBarProps) {
  return (
    <header className={classes.bar} data-bar>
      <ActionIcon className={classes.menu} size={36} onClick={onMenu} aria-label="Open the menu">
        <IconMenu2 size={20} aria-hidden />
      </ActionIcon>
      <button
        type="button"
        className={classes.search}
        onClick={onSearch}
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={16} aria-hidden />
        <span className={classes.prompt}>Search or go to…</span>
        <kbd className={classes.keys}>{isMac ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <AccountMenu />
    </header>
  );
}
