import type { RequirementRule } from '@/shared/api/types';
import { formatMajorMoney, plural } from '@/shared/format/number';
import { say, sourceTypeWords } from '@/shared/format/words';

export const whenWords: Record<RequirementRule['when'], string> = {
  start: 'the term begins',
  end: 'the term ends',
  yearly: 'each full year of the term',
};

/** "60 days after the term ends" */
export function dueSentence({ when, days }: Pick<RequirementRule, 'when' | 'days'>): string {
  if (days === 0)
    return when === 'yearly' ? 'at the end of each full year' : `when ${whenWords[when]}`;
  return `${plural(Math.abs(days), 'day')} ${days < 0 ? 'before' : 'after'} ${whenWords[when]}`;
}

/** Of which agreements a rule speaks. */
export function fitsSentence({ sourceTypes, programmes, except, above }: RequirementRule): string {
  const parts = [
    sourceTypes.length > 0
      ? sourceTypes.map((one) => say(sourceTypeWords, one)).join(', ')
      : 'Every source',
    programmes.length > 0 && `programmes with ${quoted(programmes)}`,
    except.length > 0 && `without ${quoted(except)}`,
    above && `above ${formatMajorMoney(above.minor, above.currency)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

const quoted = (list: string[]) => list.map((one) => `“${one}”`).join(' or ');
