import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import { formatDate, today } from '@/shared/format/date';
import { formatFigure, formatMajorMoney, formatShare } from '@/shared/format/number';
import { basisWords, say } from '@/shared/format/words';
import { Ready } from '@/shared/states/states';
import classes from './home.module.css';
import { standingQuery } from './standing';

/** How dependent we are, in five figures; the dashboard explains them. */
export function Dependence() {
  const year = Number(today().slice(0, 4));
  const query = useQuery({
    queryKey: ['money', 'dependence', year, 'ultimate'],
    queryFn: ({ signal }) =>
      data(
        api.GET('/finance/dependence', {
          params: { query: { year, view: 'ultimate' } },
          signal,
        }),
      ),
  });
  const { data: standing } = useQuery(standingQuery());
  const months = standing?.readings.find(({ metric }) => metric === 'reserveMonths')?.value;
  return (
    <Ready query={query} loading={<Skeleton height={86} mb="lg" />}>
      {(figures) => (
        <section aria-label="How dependent we are" className={classes.dependence}>
          <dl className={classes.figures}>
            <div>
              <dt>Income {figures.year}</dt>
              <dd>{formatMajorMoney(figures.total.minor, figures.total.currency)}</dd>
            </div>
            <div>
              <dt>Largest donor</dt>
              <dd>
                {formatShare(figures.top1)} <small>{figures.donors[0]?.name}</small>
              </dd>
            </div>
            <div>
              <dt>Effective funders</dt>
              <dd>{formatFigure(figures.effectiveFunders, 1)}</dd>
            </div>
            <div>
              <dt>Unearmarked</dt>
              <dd>{formatShare(figures.unearmarkedRatio)}</dd>
            </div>
            <div>
              <dt>Free reserves</dt>
              <dd>{months == null ? 'n/a' : `${formatFigure(months, 1)} months`}</dd>
            </div>
          </dl>
          <p className={classes.basis}>
            By ultimate donor, {say(basisWords, figures.basis)}, as of {formatDate(figures.asOf)}.{' '}
            <Link to="/funding">Charts and definitions</Link>
          </p>
        </section>
      )}
    </Ready>
  );
}
