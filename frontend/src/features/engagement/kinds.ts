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
  position: 'Position',
};

const ofInteraction: readonly Kind[] = ['meeting', 'phone', 'event', 'note'];

/** What a person has written down, and may change. */
export const isInteraction = (kind: Kind) => ofInteraction.includes(kind);

/** What has a text in Markdown. */
export const isWritten = (kind: Kind) => kind === 'task' || isInteraction(kind);

/** The kinds of interaction to choose from. */
export const interactionKinds = ofInteraction.map((value) => ({ value, label: kindWords[value] }));

/** How the timeline can be narrowed. */
export const filters: { value: string; label: string; kinds: Kind[] }[] = [
  { value: 'all', label: 'Everything', kinds: [] },
  { value: 'talk', label: 'Meetings and notes', kinds: [...ofInteraction] },
  { value: 'mail', label: 'Mail', kinds: ['mail'] },
  { value: 'task', label: 'Tasks', kinds: ['task'] },
  { value: 'stage', label: 'Pipeline', kinds: ['stage'] },
  { value: 'agreement', label: 'Agreements', kinds: ['agreement'] },
  { value: 'position', label: 'Positions', kinds: ['position'] },
  { value: 'change', label: 'Changes', kinds: ['change'] },
];
