import { randomId } from '@mantine/hooks';
import { today } from '@/shared/format/date';
import type { Entry } from './queries';

export type QuickKind = 'note' | 'meeting' | 'phone' | 'event' | 'task';

export const quickKinds: { value: QuickKind; label: string; hint: string }[] = [
  { value: 'note', label: 'Note', hint: 'Write a note (n)' },
  { value: 'meeting', label: 'Meeting', hint: 'Write a meeting down (m)' },
  { value: 'phone', label: 'Phone', hint: 'Write a phone conversation down' },
  { value: 'event', label: 'Event', hint: 'Write an event down' },
  { value: 'task', label: 'Task', hint: 'Add a task (t)' },
];

export interface QuickValues {
  title: string;
  text: string;
  date: string;
  time: string;
  private: boolean;
  /** The same for every attempt at the same entry: sent twice, it is made once. */
  key: string;
}

export function blankValues(kind: QuickKind): QuickValues {
  return {
    title: '',
    text: '',
    date: kind === 'task' ? '' : today(),
    time: '',
    private: false,
    key: randomId(),
  };
}

/** The input that a complaint of the API about a field belongs to. */
export function fieldOf(path: string): string {
  return { minutes: 'text', notes: 'text', due: 'date' }[path] ?? path;
}

/** What is sent. The day goes as it was typed: it never becomes a moment. */
export function entryOf(kind: QuickKind, id: string, values: QuickValues): Entry {
  const { title, text, date, time, key } = values;
  const common = { stakeholderIds: [id], private: values.private, key };
  if (kind === 'task') {
    return { task: { ...common, title, ...(text && { notes: text }), ...(date && { due: date }) } };
  }
  return {
    interaction: {
      ...common,
      kind,
      ...(kind !== 'note' && title && { title }),
      ...(text && { minutes: text }),
      ...(date && { date }),
      ...(kind !== 'note' && time && { time }),
    },
  };
}
