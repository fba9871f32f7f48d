import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { Obligation } from '@/shared/api/types';
import { MonthList, ObligationLink, wordsOf } from './MonthList';
import { monthName, shiftMonth, weeksOf } from './months';
import classes from './agreements.module.css';

interface MonthGridProps {
  items: Obligation[];
  today: string;
  month: string;
  onMonth: (month: string | undefined) => void;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** One month as it hangs on a wall; on a phone its days one under the other. */
export function MonthGrid({ items, today, month, onMonth }: MonthGridProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const within = items.filter(({ date }) => date.startsWith(month));
  return (
    <>
      <div className={classes.turn}>
        <ActionIcon
          variant="default"
          aria-label="Month before"
          onClick={() => onMonth(shiftMonth(month, -1))}
        >
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label="Month after"
          onClick={() => onMonth(shiftMonth(month, 1))}
        >
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
        <h2 aria-live="polite">{monthName(month)}</h2>
        {month !== today.slice(0, 7) && (
          <Button size="xs" variant="subtle" onClick={() => onMonth(undefined)}>
            This month
          </Button>
        )}
      </div>
      {!phone && <Wall {...{ items, today, month }} />}
      {within.length === 0 && <p className={classes.mute}>Nothing comes up in this month.</p>}
      {phone && within.length > 0 && <MonthList items={within} />}
    </>
  );
}

function Wall({ items, today, month }: Omit<MonthGridProps, 'onMonth'>) {
  return (
    <table className={classes.grid} aria-label={monthName(month)}>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td
                key={day}
                data-other={!day.startsWith(month) || undefined}
                data-today={day === today || undefined}
              >
                <time dateTime={day} className={classes.mute}>
                  {Number(day.slice(8))}
                </time>
                <DayItems items={items.filter(({ date }) => date === day)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayItems({ items }: { items: Obligation[] }) {
  if (items.length === 0) return null;
  return (
    <ul>
      {items.map((one) => {
        const { title, about } = wordsOf(one);
        return (
          <li
            key={one.id}
            title={[title, about, one.donorName].filter(Boolean).join(' · ')}
            data-state={one.state}
          >
            {one.state === 'overdue' && <span className={classes.late}>Overdue: </span>}
            <ObligationLink one={one}>{title}</ObligationLink>
          </li>
        );
      })}
    </ul>
  );
}
