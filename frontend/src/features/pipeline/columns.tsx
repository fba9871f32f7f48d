import type { Opportunity } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import { earmarkingWords, lostReasonWords, say } from '@/shared/format/words';
import type { Column } from '@/shared/table/RecordTable';
import { RowLink } from '@/shared/table/RowLink';
import { When } from '@/shared/ui/When';
import { StageTag } from './StageTag';

/** What the table shows when nobody has chosen. */
export const ownColumns = ['title', 'donor', 'stage', 'ask', 'probability', 'deadline', 'decision'];

const day = (key: string, header: string, of: (one: Opportunity) => string | undefined) => ({
  key,
  header,
  width: '116px',
  cell: (one: Opportunity) => formatDate(of(one)),
});

const text: Column<Opportunity>[] = [
  {
    key: 'title',
    header: 'Opportunity',
    sort: 'title',
    cell: (one) => (
      <RowLink to="/pipeline/$id" params={{ id: one.id }} title={one.title}>
        {one.title}
      </RowLink>
    ),
  },
  { key: 'donor', header: 'Donor', width: '20%', cell: (one) => one.donor },
  { key: 'programme', header: 'Programme', width: '16%', cell: (one) => one.programme },
  {
    key: 'stage',
    header: 'Stage',
    sort: 'stage',
    width: '118px',
    cell: (one) => <StageTag stage={one.stage} />,
  },
  { ...day('since', 'Since', (one) => one.since), sort: 'since' },
  { key: 'owner', header: 'Owner', width: '150px', cell: (one) => one.owner },
  {
    key: 'probability',
    header: 'Probability',
    sort: 'probability',
    width: '116px',
    numeric: true,
    cell: (one) => `${one.probability} %`,
  },
  { ...day('deadline', 'Deadline', (one) => one.deadline), sort: 'deadline' },
  { ...day('decision', 'Decision', (one) => one.decision), sort: 'decision', wideOnly: true },
  day('from', 'From', (one) => one.from),
  day('to', 'To', (one) => one.to),
  {
    key: 'earmarking',
    header: 'Earmarking',
    width: '150px',
    cell: (one) => say(earmarkingWords, one.earmarking ?? ''),
  },
  {
    key: 'effort',
    header: 'Effort, days',
    width: '110px',
    numeric: true,
    cell: (one) => one.effortQuarters / 4,
  },
  {
    key: 'lost',
    header: 'Lost because of',
    width: '140px',
    cell: (one) => one.lost && say(lostReasonWords, one.lost.reason),
  },
  {
    key: 'updatedAt',
    header: 'Changed',
    width: '92px',
    numeric: true,
    cell: (one) => <When at={one.updatedAt} short />,
  },
];

const amounts = (currency: string): Column<Opportunity>[] => [
  {
    key: 'ask',
    header: 'Ask',
    sort: 'ask',
    width: '140px',
    numeric: true,
    cell: (one) => one.ask && formatMajorMoney(one.ask.minor, one.ask.currency),
  },
  {
    key: 'worth',
    header: `In ${currency}`,
    width: '140px',
    numeric: true,
    cell: (one) => one.worth && formatMajorMoney(one.worth.minor, one.worth.currency),
  },
];

/** Every column under the name that the API exports it by; amounts only for who reads them. */
export const columnsFor = (mayReadAmounts: boolean, currency: string) =>
  mayReadAmounts ? [...text, ...amounts(currency)] : text;
