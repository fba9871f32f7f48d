import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import type { Beginning } from './beginnings';

const order: readonly { of: Beginning; label: string }[] = [
  { of: 'income', label: 'Income' },
  { of: 'fee', label: 'Membership fee' },
  { of: 'service', label: 'Service' },
];

/** Writes a line by hand, beginning with what most such lines are. */
export function NewLine({ onNew }: { onNew: (of: Beginning) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          New line
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {order.map(({ of, label }) => (
          <Menu.Item key={of} onClick={() => onNew(of)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
