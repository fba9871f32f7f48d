import { expect, it } from 'vitest';
import { pressing } from './pressing';

const due = (...days: string[]) => days.map((day) => ({ due: day }));
const late = Array<string>(9).fill('2026-10-03');

it('shows all that is late and what is due within a month', () => {
  const tasks = due(...late, '2026-12-03', '2026-12-28', '2026-12-29', '2027-09-24');
  expect(pressing(tasks, '2026-11-28')).toEqual(tasks.slice(0, 11));
});

it('shows the next ones where nothing presses', () => {
  const tasks = due(...Array<string>(8).fill('2027-06-01'));
  expect(pressing(tasks, '2026-11-28')).toHaveLength(6);
  expect(pressing(due('2027-06-01'), '2026-11-28')).toHaveLength(1);
});
