import type { Giving } from '@/shared/api/types';
import { formatCount, formatMajorMoney, plural } from '@/shared/format/number';
import { Figure } from '../Figure';
import classes from './awards.module.css';
import { yearsWords } from './words';

const euros = (cents: number) => formatMajorMoney(cents, 'EUR');

/** How much a funder gives, and in what pieces. */
export function Headline({ giving }: { giving: Giving }) {
  const { awards, eur, sizes, persons, years, notConverted } = giving;
  return (
    <dl className={classes.figures}>
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
        note={persons > 0 ? `${formatCount(persons)} of them to persons` : undefined}
      >
        As many as were imported; a funder may have given others that no file holds.
      </Figure>
      <Figure
        name="Half are below"
        value={sizes ? euros(sizes.median) : 'n/a'}
        note={sizes && `most between ${euros(sizes.lower)} and ${euros(sizes.upper)}`}
      >
        The median award: half of the awards are smaller. A quarter of them is smaller than the
        first figure beneath and a quarter larger than the second.
      </Figure>
      <Figure
        name="Years"
        value={yearsWords(years[0]?.year, years.at(-1)?.year) || 'n/a'}
        note={sizes && `largest award ${euros(sizes.largest)}`}
      >
        The years of the first and the last award that were imported.
      </Figure>
    </dl>
  );
}
