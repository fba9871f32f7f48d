import { NativeSelect } from '@mantine/core';
import classes from './funding.module.css';

interface YearRangeProps {
  from: number;
  to: number;
  latest: number;
  onChange: (next: { from?: number; to?: number }) => void;
}

const EARLIEST = 2005;

export function YearRange({ from, to, latest, onChange }: YearRangeProps) {
  const last = Math.max(latest + 1, to);
  const first = Math.min(EARLIEST, from);
  const years = Array.from({ length: last - first + 1 }, (_, i) => String(last - i));
  return (
    <div className={classes.range} role="group" aria-label="Fiscal years">
      <NativeSelect
        aria-label="First year"
        data={years}
        value={String(from)}
        onChange={(event) => {
          const year = Number(event.currentTarget.value);
          onChange({ from: year, to: Math.max(year, to) });
        }}
      />
      to
      <NativeSelect
        aria-label="Last year"
        data={years}
        value={String(to)}
        onChange={(event) => {
          const year = Number(event.currentTarget.value);
          onChange({ from: Math.min(from, year), to: year });
        }}
      />
    </div>
  );
}
