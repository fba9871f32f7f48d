import type { Diversification, Earmarking } from '@/shared/api/types';
import { earmarkingWords, say } from '@/shared/format/words';
import type { Band } from './scale';

/** How many donors a chart tells apart, as in the pictures that the server draws. */
const MOST = 7;
export const OTHERS = '';

const colors = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8'];
const earmarkingColors = ['--c1', '--c7', '--c2', '--c4'];

const paint = (name: string | undefined) => `var(${name ?? '--c-other'})`;

/** Donors as shares of each year; the smaller ones together, so that the eye can still tell them apart. */
export function donorBands({ donors, totals }: Diversification): Band[] {
  const shown = donors.length === MOST + 1 ? MOST + 1 : MOST;
  const share = (amount: number, column: number) => {
    const total = totals[column] ?? 0;
    return total > 0 ? amount / total : 0;
  };
  const bands: Band[] = donors.slice(0, shown).map((donor, i) => ({
    id: donor.id,
    name: donor.name,
    color: paint(colors[i]),
    values: donor.amounts.map(share),
  }));
  const rest = donors.slice(shown);
  if (rest.length > 0) {
    bands.push({
      id: OTHERS,
      name: `${rest.length} others`,
      color: paint(undefined),
      values: totals.map((_, column) =>
        share(
          rest.reduce((sum, donor) => sum + (donor.amounts[column] ?? 0), 0),
          column,
        ),
      ),
    });
  }
  return bands;
}

export function levelBands({ levels }: Earmarking): Band[] {
  return levels.map(({ level, amounts }, i) => ({
    id: level,
    name: say(earmarkingWords, level),
    color: paint(earmarkingColors[i]),
    values: amounts,
  }));
}
