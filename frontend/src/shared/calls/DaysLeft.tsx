import type { CivilDate } from '@/shared/api/types';
import { daysBetween, describeDays, today } from '@/shared/format/date';

/** "in 12 days", warmer the nearer it is. Deadlines are days in Brussels; the hour is on the page. */
export function DaysLeft({ date }: { date: CivilDate }) {
  const days = daysBetween(today(), date);
  if (days === null) return null;
  const color = days < 0 || days > 21 ? 'var(--mute)' : days <= 3 ? 'var(--bad)' : 'var(--warn)';
  return <span style={{ color, whiteSpace: 'nowrap' }}>{describeDays(days)}</span>;
}
