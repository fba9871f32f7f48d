import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { FeeOverview } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { formatMoney, plural } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { FilterBar, SelectFilter, WordsFilter } from '@/shared/list/FilterBar';
import { useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Downloads } from '../Downloads';
import { Figure } from '../Figure';
import classes from '../funding.module.css';
import { FeeDialog, type FeeOf } from './FeeDialog';
import { FeeLinesDialog, type Asked } from './FeeLinesDialog';
import { FeeTable } from './FeeTable';
import { feesQuery } from './queries';
import { feeSorts, type FeesSearch } from './search';

const route = getRouteApi('/house/funding/fees');

const orders = {
  '-outstanding': 'Who has not paid first',
  name: 'By name',
  '-paid': 'Who paid most first',
};

/** Members by years: what is due, what they have paid, and what is outstanding. */
export function FeesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay('finance:write');
  const [setting, setSetting] = useState<FeeOf | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useQuery(feesQuery(search));
  const change = (next: FeesSearch) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const year = query.data?.years[0];
  const isSet = query.data?.totals[0]?.feeId !== undefined;
  const label = query.data?.labels[0] ?? '';
  return (
    <Page
      title="Membership fees"
      actions={
        <>
          <Downloads
            name="membership-fees"
            title="the fees"
            query={{ ...search }}
            table="/fees/overview"
          />
          {mayWrite && year !== undefined && (
            <Button
              disabled={query.isPlaceholderData}
              onClick={() => setSetting({ year, label, id: query.data?.totals[0]?.feeId })}
            >
              {isSet ? `Change the fee of ${label}` : `Set the fee of ${label}`}
            </Button>
          )}
        </>
      }
    >
      <FundingNav />
      <FilterBar
        open
        active={0}
        onClear={() => undefined}
        words={
          <WordsFilter label="Name of a member" value={search.q} onChange={(q) => change({ q })} />
        }
      >
        <SelectFilter
          label="Fiscal year"
          all="This year"
          value={search.year ? String(search.year) : undefined}
          options={lastYears()}
          onChange={(value) => change({ year: value ? Number(value) : undefined })}
        />
        <SelectFilter
          label="Order"
          all={orders['-outstanding']}
          value={search.sort}
          options={Object.entries(orders)
            .slice(1)
            .map(([value, name]) => ({ value, label: name }))}
          onChange={(value) => change({ sort: feeSorts.find((one) => one === value) })}
        />
      </FilterBar>
      <Ready query={query}>
        {(of) =>
          of.payers.length === 0 ? (
            <Nobody of={of} />
          ) : (
            <>
              <Sums of={of} />
              <FeeTable of={of} onLines={setAsked} />
            </>
          )
        }
      </Ready>
      {setting && <FeeDialog of={setting} onClose={() => setSetting(null)} />}
      {asked && <FeeLinesDialog asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function lastYears() {
  const now = Number(today().slice(0, 4));
  return Array.from({ length: 12 }, (_, i) => String(now + 1 - i)).map((value) => ({
    value,
    label: value,
  }));
}

function Sums({ of }: { of: FeeOverview }) {
  const total = of.totals[0];
  if (!total) return null;
  const isSet = total.feeId !== undefined;
  return (
    <dl className={classes.three}>
      <Figure
        name={`Due ${of.labels[0]}`}
        value={isSet ? formatMoney(total.due) : 'n/a'}
        note={isSet ? 'of all members' : 'no fee is set for this year'}
      >
        What members owe for the year: the fee that was set, or what was agreed with a member.
      </Figure>
      <Figure name="Paid" value={formatMoney(total.paid)} note="what went back is taken off">
        Income lines of the source membership fees that are of this year: because they say so, and
        else by their day.
      </Figure>
      <Figure
        name="Outstanding"
        value={isSet ? formatMoney(total.outstanding) : 'n/a'}
        note={
          isSet
            ? plural(total.open, 'member has not paid all', 'members have not paid all')
            : 'nothing is due'
        }
      >
        Due less paid, member by member. Who paid more than the fee makes up for nobody else.
      </Figure>
    </dl>
  );
}

function Nobody({ of }: { of: FeeOverview }) {
  return of.listed > 0 ? (
    <EmptyState
      title="No member has this in their name."
      action={
        <ButtonLink to="/funding/fees" variant="default">
          Clear the words
        </ButtonLink>
      }
    />
  ) : (
    <EmptyState title="There are no members yet.">
      An organisation with the role member stands here, and so does who has paid a membership fee.
    </EmptyState>
  );
}
