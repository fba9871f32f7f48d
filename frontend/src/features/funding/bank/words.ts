import type { Suggestion } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import type { Tone } from '@/shared/ui/Tag';

/** How likely a suggestion is, in a word. */
export function likelihood({ score, sure }: Pick<Suggestion, 'score' | 'sure'>): {
  word: string;
  tone: Tone;
} {
  if (sure) return { word: 'Sure', tone: 'good' };
  return score >= 60 ? { word: 'Likely', tone: 'info' } : { word: 'Possible', tone: 'plain' };
}

/** "Core support, due 1 Mar 2026"; nothing where no instalment is meant. */
export function instalmentWords({ title, due }: { title?: string; due?: string }): string {
  return title ? `${title}, due ${formatDate(due)}` : '';
}

/** Whether all that a line needs is known, so that one click books it. */
export function isComplete({ earmarking, restriction, sourceType }: Suggestion): boolean {
  return Boolean(earmarking && restriction && sourceType);
}
