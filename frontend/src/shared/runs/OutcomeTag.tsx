import type { RunOutcome } from '@/shared/api/types';
import { outcomeWords, say } from '@/shared/format/words';
import { Tag, type Tone } from '@/shared/ui/Tag';

const tones: Record<RunOutcome, Tone> = {
  running: 'info',
  done: 'good',
  unchanged: 'mute',
  partial: 'warn',
  unavailable: 'warn',
  failed: 'bad',
  stopped: 'mute',
};

export function OutcomeTag({ outcome }: { outcome: RunOutcome }) {
  return <Tag tone={tones[outcome]}>{say(outcomeWords, outcome)}</Tag>;
}
