import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useId } from 'react';

export interface RowAction {
  label: string;
  onClick: () => void;
  danger?: boolean;
}

interface RowMenuProps {
  of: string;
  actions: RowAction[];
  /** Why none of it can be done. */
  refused?: string | undefined;
}

/** What can be done with a row, behind one button. */
export function RowMenu({ of, actions, refused }: RowMenuProps) {
  const why = useId();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Actions: ${of}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {refused && (
          <Menu.Label id={why} maw={240}>
            {refused}
          </Menu.Label>
        )}
        {actions.map(({ label, onClick, danger = false }) => (
          <Menu.Item
            key={label}
            onClick={onClick}
            {...(refused
              ? { disabled: true, 'aria-describedby': why }
              : danger && { c: 'var(--bad)' })}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
