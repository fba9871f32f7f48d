import type { Dependence, Head, Unconverted } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { basisWords, say } from '@/shared/format/words';
import classes from './funding.module.css';
import { LeftOut } from './LeftOut';

interface BasisLineProps {
  head: Head;
  left: {
    notConverted: Unconverted[];
    notConvertedCount: number;
    netNegative: Pick<Dependence['netNegative'][number], 'id' | 'name' | 'amount'>[];
  };
}

/** What every figure says about itself: how it is counted, as of when, and what it leaves out. */
export function BasisLine({ head, left }: BasisLineProps) {
  const missing = [
    left.notConvertedCount > 0 && `${plural(left.notConvertedCount, 'line')} not converted`,
    left.netNegative.length > 0 && `${plural(left.netNegative.length, 'donor')} net negative`,
  ].filter(Boolean);
  return (
    <p className={classes.basis}>
      Basis: {say(basisWords, head.basis)} · as of {formatDate(head.asOf)} · {head.currency}
      {missing.length > 0 && (
        <>
          {' · '}
          <LeftOut label={`left out: ${missing.join(', ')}`} {...left} />
        </>
      )}
    </p>
  );
}
