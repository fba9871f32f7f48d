import type { Giving } from '@/shared/api/types';
import { formatCount, formatMajorMoney, plural } from '@/shared/format/number';
import { Figure } from '../Figure';
import classes from '../funding.module.css';
import { useCurrency } from '@/shared/session/session';

/** How much a funder gives, and in what pieces. */
export function Headline({ giving }: { giving: Giving }) {
  const { awards, worth, sizes, persons, notConverted } = giving;
  const currency = useCurrency();
  const show = (cents: number) => formatMajorMoney(cents, currency);
  return (
    <dl className={classes.three}>
      <Figure
        name="Given in all"
        value={show(worth)}
        note={
          notConverted > 0 ? `without ${plural(notConverted, 'award')} not converted` : undefined
        }
      >
        The sum of all imported awards of this funder, what was taken back deducted. Each award
        keeps the ECB rate of its own date.
      </Figure>
      <Figure
        name="Awards"
        value={formatCount(awards)}
        note={[
          sizes && `the largest ${show(sizes.largest)}`,
          persons > 0 && `${formatCount(persons)} to persons`,
        ]
          .filter(Boolean)
          .join(', ')}
      >
        As many as were imported; a funder may have given others that no file holds.
      </Figure>
      <Figure
        name="Median award"
        value={sizes ? show(sizes.median) : 'n/a'}
        note={sizes && `half between ${show(sizes.lower)} and ${show(sizes.upper)}`}
      >
        Half of the awards are smaller. A quarter is smaller than the first figure beneath, and a
        quarter larger than the second; what was taken back is left out.
      </Figure>
    </dl>
  );
}
