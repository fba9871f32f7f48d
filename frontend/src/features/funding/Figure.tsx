import { ActionIcon, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './funding.module.css';

interface FigureProps {
  name: string;
  value: string;
  note?: string | undefined;
  /** How the figure stands beside its limits, where it does not keep them. */
  mark?: ReactNode;
  /** The definition. */
  children: ReactNode;
}

export function Figure({ name, value, note, mark, children }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt className={classes.figureName}>
        {name}
        <Popover width={300} position="bottom-start" shadow="md">
          <Popover.Target>
            <ActionIcon size={24} aria-label={`What is “${name}”?`}>
              <IconInfoCircle size={15} aria-hidden />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown fz="sm">{children}</Popover.Dropdown>
        </Popover>
      </dt>
      <dd className={classes.figureValue}>{value}</dd>
      {mark && <dd className={classes.figureNote}>{mark}</dd>}
      {note && <dd className={classes.figureNote}>{note}</dd>}
    </div>
  );
}
