import type { Aim } from '@/shared/api/types';
import { Tag } from '@/shared/ui/Tag';

/** Whether a target is reached, or on the way there. */
export function Track({ of }: { of: Aim }) {
  if (of.reached) return <Tag tone="good">Reached</Tag>;
  if (of.onTrack === null) return <>n/a</>;
  return of.onTrack ? <Tag tone="good">On track</Tag> : <Tag tone="warn">Behind</Tag>;
}
