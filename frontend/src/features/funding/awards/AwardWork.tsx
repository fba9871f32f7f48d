import type { AwardImport } from '@/shared/api/types';
import { formatCount } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { FileWork } from '@/shared/ui/FileWork';
import { useStep } from './queries';

/** What is being done, and which part of the way lies before it and behind it, in percent. */
const phases: Record<
  NonNullable<AwardImport['phase']>,
  { doing: string; what: string; from: number; to: number }
> = {
  waiting: { doing: 'Waiting for its turn', what: '', from: 0, to: 0 },
  reading: { doing: 'Reading the file', what: 'records', from: 0, to: 40 },
  comparing: { doing: 'Comparing with what is known', what: 'awards', from: 40, to: 50 },
  saving: { doing: 'Saving', what: 'records', from: 50, to: 100 },
};

/** How far the reading or the import of a file of awards is. */
export function AwardWork({ one }: { one: AwardImport }) {
  const mayStop = useMay('funding:write');
  const stop = useStep(one, 'stop');
  const { doing, what, from, to } = phases[one.phase ?? 'waiting'];
  const share = one.of ? from + ((to - from) * one.finished) / one.of : from;
  return (
    <FileWork
      doing={doing}
      told={what && one.finished > 0 ? `${counted(one)} ${what}` : ''}
      // While a file is read for the first time nobody knows how much there is in it.
      value={one.state === 'checking' ? 100 : share}
      size={one.size}
      note={one.state === 'applying' ? 'Nothing is visible before all of it is saved.' : ''}
      stopping={Boolean(one.stop)}
      stop={mayStop ? stop : null}
    />
  );
}

function counted({ finished, of }: AwardImport) {
  return of ? `${formatCount(finished)} of ${formatCount(of)}` : formatCount(finished);
}
