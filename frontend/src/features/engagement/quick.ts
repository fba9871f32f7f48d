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

export interface FollowUp {
  title: string;
  due: string;
}

export interface QuickValues {
  title: string;
  text: string;
  date: string;
  time: string;
  /** Stakeholders who took part beside the one whose page it is. */
  others: string[];
  /** Colleagues who took part. */
  participantIds: string[];
  /** What follows from it. */
  tasks: FollowUp[];
  private: boolean;
  /** The same for every attempt at the same entry: sent twice, it is made once. */
  key: string;
}

/** Whether a row of what follows says anything. */
export const isSaid = ({ title, due }: FollowUp) => title.trim() !== '' || due !== '';

/** Whether several can have taken part in it. */
export const isMet = (kind: QuickKind) => kind !== 'note' && kind !== 'task';

export function blankValues(kind: QuickKind, me: string): QuickValues {
  return {
    title: '',
    text: '',
    date: kind === 'task' ? '' : today(),
    time: '',
    others: [],
    participantIds: [me],
    tasks: [],
    private: false,
    key: randomId(),
  };
}

/** The input that a complaint of the API about a field belongs to. */
export function fieldOf(path: string): string {
  return { minutes: 'text', notes: 'text', due: 'date', stakeholderIds: 'others' }[path] ?? path;
}

/** What is sent. The day goes as it was typed: it never becomes a moment. */
export function entryOf(kind: QuickKind, id: string, values: QuickValues): Entry {
  const { title, text, date, time, key } = values;
  const common = { stakeholderIds: [id], private: values.private, key };
  if (kind === 'task') {
    return { task: { ...common, title, ...(text && { notes: text }), ...(date && { due: date }) } };
  }
  const tasks = values.tasks
    .filter(isSaid)
    .map((one) => ({ title: one.title, ...(one.due && { due: one.due }) }));
  return {
    interaction: {
      ...common,
      kind,
      ...(text && { minutes: text }),
      ...(date && { date }),
      ...(isMet(kind) && {
        ...(title && { title }),
        ...(time && { time }),
        stakeholderIds: [id, ...values.others],
        participantIds: values.participantIds,
        ...(tasks.length > 0 && { tasks }),
      }),
    },
  };
}
