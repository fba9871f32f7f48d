import type { Task } from '@/shared/api/types';
import { daysBetween } from '@/shared/format/date';

const SOON = 30; // days
const FEW = 6;

/** Of tasks in the order in which they are due: what is late or due within a month, and never less than a handful. */
export function pressing<T extends Pick<Task, 'due'>>(tasks: T[], now: string): T[] {
  const soon = tasks.filter(({ due }) => !due || (daysBetween(now, due) ?? 0) <= SOON);
  return tasks.slice(0, Math.max(soon.length, FEW));
}
