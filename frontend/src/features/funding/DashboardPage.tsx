import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconUpload } from '@tabler/icons-react';
import { FundingLinks } from '@/shared/funding/FundingLinks';
import { today } from '@/shared/format/date';
import { useMay } from '@/shared/session/session';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { DonorChart } from './DonorChart';
import { EarmarkingChart } from './EarmarkingChart';
import classes from './funding.module.css';
import { Headlines } from './Headlines';
import type { DashboardSearch } from './search';
import { YearRange } from './YearRange';

const route = getRouteApi('/house/funding');

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
  const span = { from, to, view };
  const change = (next: DashboardSearch) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });

  return (
    <Page
      title="Funding"
      back={<FundingLinks />}
      actions={
        <>
          <ButtonLink to="/funding/income" variant="default">
            Income lines
          </ButtonLink>
          {mayImport && (
            <ButtonLink to="/funding/import" leftSection={<IconUpload size={16} aria-hidden />}>
              Import
            </ButtonLink>
          )}
        </>
      }
    >
      <div className={classes.controls}>
        <YearRange from={from} to={to} latest={thisYear} onChange={change} />
        <SegmentedControl
          aria-label="By which donor"
          data={[
            { value: 'ultimate', label: 'Ultimate donor' },
            { value: 'direct', label: 'Direct donor' },
          ]}
          value={view}
          onChange={(value) => change({ view: value === 'direct' ? 'direct' : undefined })}
        />
        <p className={classes.hint}>
          {view === 'ultimate'
            ? 'Whose money it really is: sub-grants and departments count as the institution behind them.'
            : 'Who paid us, without looking behind them.'}
        </p>
      </div>
      <Headlines year={to} view={view} />
      <DonorChart span={span} />
      <EarmarkingChart span={span} />
    </Page>
  );
}
