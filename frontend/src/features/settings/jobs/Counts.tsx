import { formatCount } from '@/shared/format/number';
import { countWords } from './countWords';

/** "created 12, updated 3": what a run did, in the order in which it told. */
export function Counts({ counts }: { counts: Record<string, number> }) {
  const parts = Object.entries(counts).map(([name, n]) => `${countWords(name)} ${formatCount(n)}`);
  return <span>{parts.join(', ')}</span>;
}
