import type { PackContent } from '@/shared/api/types';
import { formatMajor, formatShare } from '@/shared/format/number';
import { Section } from '@/shared/ui/Page';
import { FigureTable } from '../charts/FigureTable';

const SHOWN = 10;

/** The largest donors, as they were counted then. */
export function PackDonors({ of: { donors } }: { of: PackContent }) {
  if (donors.donors.length === 0) return null;
  return (
    <Section title="Donors">
      <FigureTable
        caption={`The largest donors of these years: income in ${donors.currency} and its share of the year`}
        columns={donors.labels}
        rows={[
          ...donors.donors.slice(0, SHOWN).map(({ id, name, amounts, shares }) => ({
            key: id,
            name,
            cells: amounts.map((amount, i) =>
              amount === 0
                ? ''
                : `${formatMajor(amount, donors.currency)} · ${formatShare(shares[i], 0)}`,
            ),
          })),
          {
            key: 'total',
            name: `All ${donors.donors.length} donors`,
            cells: donors.totals.map((total) => formatMajor(total, donors.currency)),
            summary: true,
          },
        ]}
      />
    </Section>
  );
}
