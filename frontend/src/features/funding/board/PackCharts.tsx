import type { PackContent } from '@/shared/api/types';
import { EmptyState } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { DonorPicture } from '../DonorChart';
import { EarmarkingPicture } from '../EarmarkingChart';
import { ForecastPicture } from '../ForecastPicture';

/** The pack's charts, drawn from its own figures: they do not change when the books do. */
export function PackCharts({ of }: { of: PackContent }) {
  const { donors, earmarking, forecast, dashboard } = of;
  return (
    <>
      {donors.donors.length === 0 ? (
        <EmptyState title="There was no income in these years." />
      ) : (
        <>
          <Section title="Donor diversification">
            <DonorPicture series={donors} kept={dashboard.limits} />
          </Section>
          <Section title="Earmarked and unearmarked income">
            <EarmarkingPicture series={earmarking} kept />
          </Section>
        </>
      )}
      <Section title="Secured and hoped for, against core cost">
        <ForecastPicture of={forecast} />
      </Section>
    </>
  );
}
