import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { formatCount } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { EmptyState, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { MonthGrid } from './MonthGrid';
import { MonthList } from './MonthList';
import { ObligationFilters } from './ObligationFilters';
import { askedObligations, obligationsQuery } from './queries';
import type { ObligationsSearch } from './search';

const route = getRouteApi('/house/funding/obligations');

/** What comes up under all agreements: month by month, or as a month on the wall. */
export function ObligationsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(obligationsQuery(search));
  const change = (next: Partial<ObligationsSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });
  const { kind, ownerId, donorId } = search;
  return (
    <Page
      title="Obligations"
      aside={query.data && aside(query.data.items)}
      actions={
        <>
          <SegmentedControl
            aria-label="Shown as"
            data={[
              { value: 'list', label: 'List' },
              { value: 'grid', label: 'Month' },
            ]}
            value={search.grid ? 'grid' : 'list'}
            onChange={(value) => change({ grid: value === 'grid' || undefined })}
          />
          <ButtonLink to="/funding/obligations/rules" variant="default">
            Rules
          </ButtonLink>
          <ExportButton path="/obligations.csv" query={askedObligations(search)} />
        </>
      }
    >
      <FundingNav />
      <ObligationFilters search={search} onChange={change} />
      <Ready query={query}>
        {({ items, today }) => {
          if (search.grid) {
            const month = search.month ?? today.slice(0, 7);
            return (
              <MonthGrid {...{ items, today, month }} onMonth={(next) => change({ month: next })} />
            );
          }
          if (items.length > 0) return <MonthList items={items} />;
          return kind || ownerId || donorId ? (
            <EmptyState
              title="Nothing comes up that matches these filters."
              action={
                <ButtonLink to="/funding/obligations" variant="default">
                  Clear the filters
                </ButtonLink>
              }
            />
          ) : (
            <EmptyState title="Nothing comes up.">
              Payments, reports, ends of terms and strings of signed agreements stand here.
            </EmptyState>
          );
        }}
      </Ready>
    </Page>
  );
}

function aside(items: { state: string }[]): string {
  const late = items.filter(({ state }) => state === 'overdue').length;
  return late > 0
    ? `${formatCount(items.length)}, ${formatCount(late)} overdue`
    : formatCount(items.length);
}
