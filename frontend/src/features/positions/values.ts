import type { Position, PositionFields } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import type { Tone } from '@/shared/ui/Tag';

type Stance = Position['stance'];

/** What a stance is called, and how it looks; from against us to for us. */
export const stances: Record<Stance, { label: string; tone: Tone }> = {
  opposed: { label: 'Opposed', tone: 'bad' },
  sceptical: { label: 'Sceptical', tone: 'warn' },
  neutral: { label: 'Neutral', tone: 'mute' },
  supportive: { label: 'Supportive', tone: 'info' },
  champion: { label: 'Champion', tone: 'good' },
};

export interface PositionValues {
  priorityId: string;
  stance: string;
  date: string;
  /** "0" where nobody has said. */
  influence: string;
  interest: string;
  evidence: string;
  link: string;
}

export const blank = (priorityId = ''): PositionValues => ({
  priorityId,
  stance: '',
  date: today(),
  influence: '0',
  interest: '0',
  evidence: '',
  link: '',
});

export const valuesOf = (position: Position): PositionValues => ({
  priorityId: position.priorityId,
  stance: position.stance,
  date: position.date,
  influence: String(position.influence ?? 0),
  interest: String(position.interest ?? 0),
  evidence: position.evidence,
  link: position.link ?? '',
});

/** What is sent. The day goes as it was typed: it never becomes a moment. */
export function requestOf(stakeholderId: string, values: PositionValues): PositionFields {
  const { priorityId, stance, date, influence, interest, evidence, link } = values;
  return {
    stakeholderId,
    priorityId,
    stance: stance as Stance,
    influence: Number(influence),
    interest: Number(interest),
    evidence,
    ...(date && { date }),
    ...(link.trim() && { link }),
  };
}

export const fieldsOf = (position: Position): PositionFields =>
  requestOf(position.stakeholderId, valuesOf(position));

/** What one chooses from, at the index of what it means. */
export const degrees = ['Nobody has said', '1, little', '2', '3', '4', '5, much'];

const names: Record<string, string> = {
  priorityId: 'Priority',
  stance: 'Position',
  date: 'Since',
  influence: 'Influence',
  interest: 'Interest',
  evidence: 'Evidence',
  link: 'Link',
};
export const nameOf = (field: string) => names[field] ?? field;

/** "Two steps towards us since 3 May 2025": what has moved between the first position and the last. */
export function sayMoved(moved: number, since: string): string {
  const steps = Math.abs(moved) === 1 ? 'One step' : `${Math.abs(moved)} steps`;
  if (moved === 0) return '';
  return `${steps} ${moved > 0 ? 'towards us' : 'away from us'} since ${since}`;
}
