import type { Kind } from './queries';

export const kindWords: Record<Kind, string> = {
  meeting: 'Meeting',
  phone: 'Phone conversation',
  event: 'Event',
  note: 'Note',
  task: 'Task done',
  mail: 'Mail',
  stage: 'Pipeline',
  change: 'Change',
  agreement: 'Agreement',
};

/** How the timeline can be narrowed. */
export const filters: { value: string; label: string; kinds: Kind[] }[] = [
  { value: 'all', label: 'Everything', kinds: [] },
  { value: 'talk', label: 'Meetings and notes', kinds: ['meeting', 'phone', 'event', 'note'] },
  { value: 'mail', label: 'Mail', kinds: ['mail'] },
  { value: 'task', label: 'Tasks', kinds: ['task'] },
  { value: 'stage', label: 'Pipeline', kinds: ['stage'] },
  { value: 'agreement', label: 'Agreements', kinds: ['agreement'] },
  { value: 'change', label: 'Changes', kinds: ['change'] },
];
