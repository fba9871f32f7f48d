import { useQuery } from '@tanstack/react-query';
import type { Stage } from '@/shared/api/types';
import { Tag, type Tone } from '@/shared/ui/Tag';
import { stagesQuery } from './queries';

const tones: Partial<Record<Stage, Tone>> = {
  submitted: 'info',
  awarded: 'good',
  declined: 'bad',
  withdrawn: 'mute',
};

export function StageTag({ stage }: { stage: Stage }) {
  const rules = useQuery(stagesQuery).data?.stages ?? [];
  const name = rules.find((rule) => rule.stage === stage)?.name ?? stage;
  return <Tag tone={tones[stage] ?? 'plain'}>{name}</Tag>;
}
