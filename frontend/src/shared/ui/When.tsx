import type { Instant } from '@/shared/api/types';
import { formatInstant, formatInstantFully, formatInstantShort } from '@/shared/format/date';

/** A moment in the reader's own time zone; its title says weekday and zone. */
export function When({ at, short = false }: { at: Instant | undefined; short?: boolean }) {
  if (!at) return null;
  return (
    <time dateTime={at} title={formatInstantFully(at)} style={{ whiteSpace: 'nowrap' }}>
      {short ? formatInstantShort(at) : formatInstant(at)}
    </time>
  );
}
