import { NativeSelect, Skeleton, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { Realisation, Use } from '@/shared/api/types';
import { formatDate, today } from '@/shared/format/date';
import { formatMajor, formatShare, plural } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { EmptyState, Ready } from '@/shared/states/states';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { Downloads } from './Downloads';
import classes from './funding.module.css';
import { realisationQuery } from './queries';

const route = getRouteApi('/house/funding/budget');

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
        <p className={classes.hint}>
          The forecast at completion is what was spent, and what the days left were planned to cost,
          at least what is committed.
        </p>
      </div>
      <Ready query={query} loading={<Skeleton height={300} />}>
        {(budget) =>
          budget.projects.length === 0 ? (
            <EmptyState title={`Nothing is planned or spent in ${budget.label}.`} />
          ) : (
            <Tree of={budget} />
          )
        }
      </Ready>
    </Page>
  );
}

function Tree({ of }: { of: Realisation }) {
  return (
    <>
      <PlainTable label="Budget versus realisation" minWidth={860}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Project and category</Table.Th>
            {['Budget', 'Realised', 'Committed', 'Remaining'].map((name) => (
              <Table.Th key={name} scope="col" ta="right">
                {name}
              </Table.Th>
            ))}
            <Table.Th scope="col">Used</Table.Th>
            <Table.Th scope="col" ta="right">
              Forecast
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.projects.map((project) => (
            <Fragment key={project.id}>
              <Line name={project.name} of={project} strong />
              {project.lines.map((line) => (
                <Line
                  key={`${line.category}-${line.fundId ?? ''}`}
                  name={line.category}
                  aside={line.fundName}
                  of={line}
                />
              ))}
            </Fragment>
          ))}
          <Line name="All work" of={of.total} strong />
        </Table.Tbody>
      </PlainTable>
      <p className={classes.basis}>
        Whole {of.currency} · as of {formatDate(of.asOf)}
        {of.notConverted > 0 && ` · ${plural(of.notConverted, 'expense')} not converted, left out`}
      </p>
    </>
  );
}

interface LineProps {
  name: string;
  aside?: string | undefined;
  of: Use;
  strong?: boolean;
}

function Line({ name, aside, of, strong = false }: LineProps) {
  const weight = strong ? 600 : 400;
  const cell = (value: number) => formatMajor(value, 'EUR');
  const part = (value: number) => `${Math.min(100, Math.max(0, (value / of.budget) * 100))}%`;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={weight} pl={strong ? undefined : 28}>
        {name}
        {aside && <span className={classes.hint}> · {aside}</span>}
      </Table.Th>
      {[of.budget, of.realised, of.committed, of.remaining].map((value, i) => (
        <Table.Td key={i} ta="right" fw={weight} {...(value < 0 && { c: 'var(--bad)' })}>
          {cell(value)}
        </Table.Td>
      ))}
      <Table.Td>
        <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          {of.used !== null && (
            <div className={classes.bar} aria-hidden>
              <span data-tone="soft" style={{ width: part(of.realised + of.committed) }} />
              <span
                data-tone={of.remaining < 0 ? 'bad' : undefined}
                style={{ width: part(of.realised) }}
              />
            </div>
          )}
          {formatShare(of.used, 0)}
        </div>
      </Table.Td>
      <Table.Td ta="right" fw={weight}>
        {cell(of.forecast)}
      </Table.Td>
    </Table.Tr>
  );
}
