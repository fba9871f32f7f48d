import type { Giving } from '@/shared/api/types';
import { formatCount, formatMajorMoney, plural } from '@/shared/format/number';
import { Figure } from '../Figure';
import classes from '../funding.module.css';

const euros = (cents: number) => formatMajorMoney(cents, 'EUR');

/** How much a funder gives, and in what pieces. */
export function Headline({ giving }: { giving: Giving }) {
  const { awards, eur, sizes, persons, notConverted } = giving;
  return (
    <dl className={classes.three}>
      <Figure
        name="Given in all"
        value={euros(eur)}
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
          sizes && `the largest ${euros(sizes.largest)}`,
          persons > 0 && `${formatCount(persons)} to persons`,
        ]
          .filter(Boolean)
          .join(', ')}
      >
        As many as were imported; a funder may have given others that no file holds.
      </Figure>
      <Figure
        name="Median award"
        value={sizes ? euros(sizes.median) : 'n/a'}
        note={sizes && `half between ${euros(sizes.lower)} and ${euros(sizes.upper)}`}
      >
        Half of the awards in euros are smaller. A quarter is smaller than the first figure beneath,
        and a quarter larger than the second; what was taken back is left out.
      </Figure>
    </dl>
  );
}
