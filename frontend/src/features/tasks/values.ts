import type { Task, TaskFields } from '@/shared/api/types';

/** What the form edits. Reminders are texts, as the field of choices wants them. */
export interface TaskValues {
  title: string;
  notes: string;
  due: string;
  ownerId: string;
  stakeholderIds: string[];
  state: Task['state'];
  reminders: string[];
  private: boolean;
}

export const blank: TaskValues = {
  title: '',
  notes: '',
  due: '',
  ownerId: '',
  stakeholderIds: [],
  state: 'open',
  reminders: ['7', '1', '0'],
  private: false,
};

export function valuesOf(task: Task): TaskValues {
  return {
    title: task.title,
    notes: task.notes ?? '',
    due: task.due ?? '',
    ownerId: task.ownerId,
    stakeholderIds: task.stakeholderIds,
    state: task.state,
    reminders: task.reminders.map(String),
    private: task.private,
  };
}

export function requestOf({ due, reminders, ...rest }: TaskValues): TaskFields {
  return { ...rest, reminders: reminders.map(Number), ...(due && { due }) };
}

const usual = [0, 1, 2, 3, 7, 14, 30, 60];

/** The reminders to choose from: the usual ones and those that the task has. */
export function leads(has: string[]) {
  const days = [...new Set([...usual, ...has.map(Number)])].sort((a, b) => a - b);
  return days.map((n) => ({
    value: String(n),
    label: n === 0 ? 'on the day' : n === 1 ? 'the day before' : `${n} days before`,
  }));
}

const names: Record<string, string> = {
  title: 'What is to be done',
  notes: 'Notes',
  due: 'Due on',
  ownerId: 'Owner',
  stakeholderIds: 'Stakeholders',
  state: 'State',
  reminders: 'Reminders',
  private: 'Private',
};

export const nameOf = (field: string) => names[field] ?? field;
