import { Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './PlainTable.module.css';

interface PlainTableProps {
  /** What a screen reader calls the table. */
  label: string;
  /** Below this width the table scrolls sideways, unless it is stacked. */
  minWidth: number;
  /** Many narrow columns, which shall fit a phone. */
  tight?: boolean;
  /** On a phone each row becomes a block of its own. */
  stacked?: boolean;
  children: ReactNode;
}

/** A short table that is drawn whole. */
export function PlainTable({
  label,
  minWidth,
  stacked = false,
  tight = false,
  children,
}: PlainTableProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  if (phone && stacked) {
    return (
      <Table aria-label={label} className={classes.stacked}>
        {children}
      </Table>
    );
  }
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      type="native"
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      {/* Hidden headings are laid out by the nearest box with a position, and cut off with it. */}
      <Table aria-label={label} pos="relative" {...(tight && { horizontalSpacing: 5 })}>
        {children}
      </Table>
    </Table.ScrollContainer>
  );
}
