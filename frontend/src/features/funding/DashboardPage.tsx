import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconUpload } from '@tabler/icons-react';
import { today } from '@/shared/format/date';
import { FundingNav } from '@/shared/funding/FundingNav';
import { useMay } from '@/shared/session/session';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { DonorChart } from './DonorChart';
import { EarmarkingChart } from './EarmarkingChart';
import classes from './funding.module.css';
import { Headlines } from './Headlines';
import type { DashboardSearch } from './search';
import { Standing } from './Standing';
import { bases, views } from './words';
import { YearRange } from './YearRange';

const route = getRouteApi('/house/funding');

const basisHints = {
  cash: 'Counted when it is received.',
  accrued: 'Agreements only, spread over their terms by day; fees and gifts are not in it.',
  signed: 'Agreements only, with their whole value on the day of signature.',
};

/** How many years one sees at first. */
const SPAN = 5;

export function DashboardPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayImport = useMay('finance:write');
  const thisYear = Number(today().slice(0, 4));
  const to = search.to ?? thisYear;
  const from = Math.min(search.from ?? to - SPAN + 1, to);
  const view = search.view ?? 'ultimate';
  const basis = search.basis ?? 'cash';
  const span = { from, to, view, basis };
  const change = (next: DashboardSearch) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });

  return (
    <Page
      title="Funding"
      actions={
        mayImport && (
          <ButtonLink to="/funding/import" leftSection={<IconUpload size={16} aria-hidden />}>
            Import
          </ButtonLink>
        )
      }
    >
      <FundingNav />
      <div className={classes.controls}>
        <YearRange from={from} to={to} latest={thisYear} onChange={change} />
        <SegmentedControl
          aria-label="By which donor"
          data={views}
          value={view}
          onChange={(value) => change({ view: value === 'direct' ? 'direct' : undefined })}
        />
        <SegmentedControl
          aria-label="Basis"
          data={bases}
          value={basis}
          onChange={(value) =>
            change({ basis: bases.find((one) => one.value === value && value !== 'cash')?.value })
          }
        />
        <p className={classes.hint}>
          {view === 'ultimate'
            ? 'Whose money it really is: sub-grants and departments count as the institution behind them.'
            : 'Who paid us, without looking behind them.'}{' '}
          {basisHints[basis]}
        </p>
      </div>
      <Headlines year={to} view={view} basis={basis} />
      <Standing year={to} view={view} basis={basis} />
      <DonorChart span={span} />
      <EarmarkingChart span={span} />
    </Page>
  );
}
