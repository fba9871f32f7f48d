import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Forecast } from '@/shared/api/types';
import { formatMonth } from '@/shared/format/date';
import { formatFigure, formatShare } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { Ready } from '@/shared/states/states';
import { Page, Section } from '@/shared/ui/Page';
import { Downloads } from './Downloads';
import { Figure } from './Figure';
import { ForecastMonth } from './ForecastMonth';
import { ForecastPicture } from './ForecastPicture';
import { ForecastTable } from './ForecastTable';
import classes from './funding.module.css';
import { Lens } from './Lens';
import { forecastQuery } from './queries';
import type { LensSearch, MonthPart } from './search';

const route = getRouteApi('/house/funding/forecast');

export function ForecastPage() {
  const { month, part, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: LensSearch) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });
  const show = (next: { month?: string | undefined; part?: MonthPart | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false });
  const query = useQuery(forecastQuery(search));
  return (
    <Page title="Forecast" aside="36 months from this one">
      <FundingNav />
      <Lens lens={search} onChange={change} />
      <Ready query={query} loading={<Skeleton height={460} />}>
        {(forecast) => (
          <>
            <Headline of={forecast} />
            <Section
              title="Secured and hoped for, against core cost"
              actions={
                <Downloads
                  name="forecast"
                  title="the forecast"
                  query={{ ...search }}
                  picture="/charts/forecast"
                  table="/charts/forecast"
                />
              }
            >
              <ForecastPicture of={forecast} onMonth={(chosen) => show({ month: chosen })} />
            </Section>
            <ForecastTable of={forecast} lens={search} />
          </>
        )}
      </Ready>
      {month && (
        <ForecastMonth
          month={month}
          part={part ?? 'secured'}
          lens={search}
          onPart={(next) => show({ part: next })}
          onClose={() => show({ month: undefined, part: undefined })}
        />
      )}
    </Page>
  );
}

function Headline({ of }: { of: Forecast }) {
  const next = of.years[1];
  return (
    <dl className={classes.three}>
      <Figure
        name="Cliff month"
        value={of.coreCost === null ? 'n/a' : of.cliffMonth ? formatMonth(of.cliffMonth) : 'None'}
        note={
          of.coreCost === null
            ? 'no core budget was adopted'
            : of.cliffMonth
              ? 'core cost is no longer covered'
              : 'within these 36 months'
        }
      >
        The first month in which secured money is less than the core cost. It is read from accrued
        money whatever the basis of the chart, since instalments come in lumps.
      </Figure>
      <Figure
        name="Free reserves last"
        value={lasting(of)}
        note={of.free === null ? 'no reserve statement' : 'with all that is counted here'}
      >
        Months until free reserves reach zero, when what is counted here comes in and all work is
        paid for. They begin with the newest reserve statement.
      </Figure>
      <Figure
        name={next ? `Secured ${next.label} against ${of.years[0]?.label ?? ''}` : 'Secured'}
        value={formatShare(next?.change)}
        mark={next?.alert ? 'red' : null}
      >
        How much less, or more, is secured of the next fiscal year than of this one. A fall of 25 %
        or more is marked.
      </Figure>
    </dl>
  );
}

function lasting(of: Forecast): string {
  if (of.free === null) return 'n/a';
  return of.exhausted === null
    ? `over ${of.months.length} months`
    : `${formatFigure(of.exhausted, 1)} months`;
}
