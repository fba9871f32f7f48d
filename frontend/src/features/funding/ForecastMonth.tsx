import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ForecastMonth as Month } from '@/shared/api/types';
import { formatDate, formatMonth } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { EmptyState, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { Downloads } from './Downloads';
import { MonthRows } from './MonthRows';
import classes from './funding.module.css';
import { forecastMonthQuery } from './queries';
import { monthParts, type LensSearch, type MonthPart } from './search';

export const partNames: Record<MonthPart, string> = {
  secured: 'Secured',
  weighted: 'Pipeline',
  coreCost: 'Core cost',
  cost: 'All work',
};

interface ForecastMonthProps {
  month: string;
  part: MonthPart;
  lens: LensSearch;
  onPart: (part: MonthPart) => void;
  onClose: () => void;
}

/** What the figures of one month of the forecast are made of. */
export function ForecastMonth({ month, part, lens, onPart, onClose }: ForecastMonthProps) {
  const query = useQuery(forecastMonthQuery(month, lens));
  return (
    <Dialog opened onClose={onClose} title={formatMonth(month)} size={820}>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Figure"
          size="xs"
          value={part}
          onChange={(chosen) => onPart(chosen)}
          data={monthParts.map((one) => ({ value: one, label: partNames[one] }))}
        />
        <Downloads
          name={`forecast-${month}`}
          title={formatMonth(month)}
          query={{ ...lens }}
          table={`/finance/forecast/${month}/lines`}
        />
      </div>
      <Ready query={query} loading={<Skeleton height={220} />}>
        {(of) => <Part of={of} part={part} />}
      </Ready>
    </Dialog>
  );
}

function Part({ of, part }: { of: Month; part: MonthPart }) {
  const shown = of[part];
  const basis = `Basis: ${of.basis} · as of ${formatDate(of.asOf)} · ${of.currency}`;
  if (!shown) return <EmptyState title="No core budget was adopted, so core cost is not known." />;
  if (shown.lines.length === 0) {
    return <EmptyState title="Nothing counts here in this month.">{basis}</EmptyState>;
  }
  return (
    <>
      <MonthRows
        label={`${partNames[part]}, ${formatMonth(of.month)}`}
        lines={shown.lines}
        sum={formatMoney({ minor: shown.cents, currency: of.currency })}
        ofWork={part === 'coreCost' || part === 'cost'}
        currency={of.currency}
      />
      <p className={classes.basis}>{basis}</p>
    </>
  );
}
