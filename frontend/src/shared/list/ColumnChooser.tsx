import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns } from '@tabler/icons-react';
import classes from './ColumnChooser.module.css';

interface ColumnChooserProps {
  /** Every column that there is, by key and header, in the list's own order. */
  all: { key: string; header: string }[];
  /** The keys of those shown, in order. */
  shown: string[];
  /** Undefined: the list's own. */
  onChange: (shown: string[] | undefined) => void;
}

/** Which columns a list shows, and in which order. */
export function ColumnChooser({ all, shown, onChange }: ColumnChooserProps) {
  const others = all.filter(({ key }) => !shown.includes(key));
  const header = (key: string) => all.find((one) => one.key === key)?.header ?? key;
  const moved = (at: number, by: number) => {
    const next = [...shown];
    const [key] = next.splice(at, 1);
    if (key) next.splice(at + by, 0, key);
    onChange(next);
  };
  return (
    <Popover position="bottom-end" trapFocus withinPortal width={280}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <ul className={classes.list}>
          {shown.map((key, at) => (
            <li key={key}>
              <Checkbox
                size="sm"
                label={header(key)}
                checked
                disabled={shown.length === 1}
                onChange={() => onChange(shown.filter((one) => one !== key))}
              />
              <span className={classes.arrows}>
                <ActionIcon
                  size={26}
                  aria-label={`${header(key)} earlier`}
                  disabled={at === 0}
                  onClick={() => moved(at, -1)}
                >
                  <IconArrowUp size={15} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  size={26}
                  aria-label={`${header(key)} later`}
                  disabled={at === shown.length - 1}
                  onClick={() => moved(at, 1)}
                >
                  <IconArrowDown size={15} aria-hidden />
                </ActionIcon>
              </span>
            </li>
          ))}
          {others.map(({ key }) => (
            <li key={key}>
              <Checkbox
                size="sm"
                label={header(key)}
                checked={false}
                onChange={() => onChange([...shown, key])}
              />
            </li>
          ))}
        </ul>
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(undefined)}>
          As the list has them
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
