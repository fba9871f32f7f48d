import { ActionIcon, Popover } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './funding.module.css';

/** What the server says of a figure beside its limits. */
export type Mark = 'amber' | 'red' | null;

interface FigureProps {
  name: string;
  value: string;
  note?: string | undefined;
  mark?: Mark;
  /** The definition. */
  children: ReactNode;
}

export function Figure({ name, value, note, mark = null, children }: FigureProps) {
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
      {(note ?? mark) && (
        <dd className={classes.figureNote}>
          {mark && (
            <span className={classes.mark} data-mark={mark}>
              {mark}
            </span>
          )}
          {note}
        </dd>
      )}
    </div>
  );
}
