import type { CountOf, MergeUndone } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';

const fieldWords: Record<string, string> = {
  emails: 'Email addresses',
  phones: 'Telephone numbers',
  parentId: 'Part of',
  website: 'Website',
  externalIds: 'Ids elsewhere',
};

/** "sourceType" is shown as "Source type". */
export function nameOf(field: string): string {
  const known = fieldWords[field];
  if (known) return known;
  const words = field.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The pieces of a value as a person reads them. */
export function pieces(value: unknown): string[] {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return value.map((one) => pieces(one).join(', '));
  if (typeof value === 'object') return Object.values(value).flatMap(pieces);
  if (typeof value === 'string') return [value];
  if (typeof value === 'boolean') return [value ? 'Yes' : 'No'];
  return [JSON.stringify(value)];
}

/** "1,500 messages, 3 income lines" */
export function countWords(counts: CountOf[]): string {
  return counts.map(({ what, count }) => `${formatCount(count)} ${what}`).join(', ');
}

/** What became of an undo, with what it had to leave. */
export function sinceWords({ merge, since, kept, left }: MergeUndone): string {
  const parts = [`${merge.loserName} is a record of its own again.`];
  if (since.length > 0) {
    parts.push(`Made since, and left with ${merge.survivorName}: ${countWords(since)}.`);
  }
  if (kept.length > 0) parts.push(`Changed since, and left: ${kept.map(nameOf).join(', ')}.`);
  if (left.length > 0) parts.push(`Could not be put back: ${countWords(left)}.`);
  return parts.join(' ');
}
