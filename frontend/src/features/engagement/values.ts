import type { Interaction, InteractionChange } from '@/shared/api/types';

/** What the dialog edits. */
export interface EntryValues {
  kind: Interaction['kind'];
  title: string;
  date: string;
  time: string;
  stakeholderIds: string[];
  participantIds: string[];
  minutes: string;
  private: boolean;
}

export function valuesOf(one: Interaction): EntryValues {
  return {
    kind: one.kind,
    title: one.title ?? '',
    date: one.date,
    time: one.time ?? '',
    stakeholderIds: one.stakeholderIds,
    participantIds: one.participantIds,
    minutes: one.minutes ?? '',
    private: one.private,
  };
}

/** What is sent. The day goes as it was typed: it never becomes a moment. */
export function requestOf({ date, ...values }: EntryValues): InteractionChange {
  return { ...values, ...(date && { date }) };
}

const names: Record<keyof EntryValues, string> = {
  kind: 'Kind',
  title: 'What it was about',
  date: 'Day',
  time: 'Time',
  stakeholderIds: 'Stakeholders',
  participantIds: 'Who of us took part',
  minutes: 'Text',
  private: 'Private',
};

export const nameOf = (field: string) => names[field as keyof EntryValues];
