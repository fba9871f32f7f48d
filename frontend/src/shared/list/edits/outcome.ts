import type { BulkEdit } from '@/shared/api/types';
import { sayDone } from '@/shared/ui/say';
import { readSome } from './queries';
import { records } from './words';

/** "Oak, Elm and 2 more" */
async function named(id: string, state: 'skipped' | 'kept'): Promise<string> {
  const { names, more } = await readSome(id, state);
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** What an edit has done, naming what was left alone. */
export async function saidOfApply({ id, counts, state }: BulkEdit): Promise<string> {
  const done = `${records(counts.done)} changed.`;
  const stopped = state === 'applying' ? ' Stopped before the rest.' : '';
  if (counts.skipped === 0) return done + stopped;
  return `${done}${stopped} Left alone, as they have changed meanwhile: ${await named(id, 'skipped')}.`;
}

/** Says what an undo has put back, naming what has changed since. */
export async function sayUndone({ id, counts }: BulkEdit) {
  const done = `${records(counts.undone)} as before.`;
  if (counts.kept === 0) return sayDone(done);
  return sayDone(
    `${done} Changed since, and left as they are: ${await named(id, 'kept')}.`,
    15_000,
  );
}
