import type { CallState } from '@/shared/api/types';
import { callStateWords, say } from '@/shared/format/words';
import { Tag, type Tone } from '@/shared/ui/Tag';

const tones: Record<CallState, Tone> = {
  open: 'good',
  forthcoming: 'info',
  closed: 'mute',
  unknown: 'plain',
};

export function StateTag({ state }: { state: CallState }) {
  return <Tag tone={tones[state]}>{say(callStateWords, state)}</Tag>;
}
