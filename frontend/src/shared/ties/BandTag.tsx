import type { Band } from '@/shared/api/types';
import { Tag, type Tone } from '@/shared/ui/Tag';

const tones: Record<Band, Tone> = { strong: 'good', fair: 'info', weak: 'mute', none: 'plain' };
const words: Record<Band, string> = { strong: 'Strong', fair: 'Fair', weak: 'Weak', none: 'None' };

/** How well one of us knows somebody, in a word. */
export function BandTag({ band }: { band: Band }) {
  return <Tag tone={tones[band]}>{words[band]}</Tag>;
}
