import { NativeSelect, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { today } from '@/shared/format/date';
import { FundingNav } from '@/shared/funding/FundingNav';
import { EmptyState, Ready } from '@/shared/states/states';
import { TextLink } from '@/shared/ui/links';
import { Page, Section } from '@/shared/ui/Page';
import { Downloads } from '../Downloads';
import classes from '../funding.module.css';
import { realisationQuery } from '../queries';
import { BudgetChart } from './BudgetChart';
import { RealisationTable } from './RealisationTable';
import { Versions } from './Versions';

const route = getRouteApi('/house/funding/budget');

/** What a year was planned to cost and has cost, and the versions of its plan. */
export function BudgetPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(realisationQuery(search.year));
  const year = search.year ?? query.data?.year ?? Number(today().slice(0, 4));
  const years = Array.from({ length: 8 }, (_, i) => String(Number(today().slice(0, 4)) + 2 - i));
  return (
    <Page
      title="Budget"
      aside={query.data?.version && `adopted version ${query.data.version}`}
      actions={
        <Downloads
          name={`budget-${year}`}
          title="the budget"
          query={{ year }}
          table="/finance/realisation"
        />
      }
    >
      <FundingNav />
      <div className={classes.controls}>
        <NativeSelect
          aria-label="Fiscal year"
          data={years.includes(String(year)) ? years : [String(year), ...years]}
          value={String(year)}
          onChange={(event) =>
            void navigate({ search: { year: Number(event.currentTarget.value) }, replace: true })
          }
        />
        <TextLink to="/funding/expenses" search={{ year }}>
          Expenses
        </TextLink>
        <TextLink to="/funding/projects">Projects and funds</TextLink>
      </div>
      <Ready query={query} loading={<Skeleton height={300} />}>
        {(budget) =>
          budget.projects.length === 0 ? (
            <EmptyState title={`Nothing is planned or spent in ${budget.label}.`} />
          ) : (
            <>
              <BudgetChart of={budget} />
              <Section title="By project and category">
                <RealisationTable of={budget} />
                <p className={classes.hint}>
                  The forecast at completion is what was spent, and what the days left were planned
                  to cost, at least what is committed.
                </p>
              </Section>
            </>
          )
        }
      </Ready>
      <Versions year={year} />
    </Page>
  );
}
