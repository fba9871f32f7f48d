import type { ExpenseLine, Fund, Project } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import type { Column } from '@/shared/table/RecordTable';
import { RowMenu } from '@/shared/ui/RowMenu';
import { Tag } from '@/shared/ui/Tag';
import type { AskedExpense } from './ExpensesPage';

interface Shown {
  projects: Project[];
  funds: Fund[];
  currency: string;
  /** null: one may only look. */
  onAsk: ((asked: AskedExpense) => void) | null;
}

const mute = { color: 'var(--mute)', fontSize: 13 };

const nameOf = (list: { id: string; name: string }[], id: string | undefined) =>
  list.find((one) => one.id === id)?.name ?? '';

const shut = 'Its year is closed. Correct it by an expense in a year that is open.';

function Actions({ of, onAsk }: { of: ExpenseLine; onAsk: (asked: AskedExpense) => void }) {
  return (
    <RowMenu
      refused={of.closed ? shut : undefined}
      of={`${of.category}, ${formatDate(of.date)}`}
      actions={[
        { label: 'Change…', onClick: () => onAsk({ deed: 'change', expense: of }) },
        { label: 'Remove…', onClick: () => onAsk({ deed: 'remove', expense: of }), danger: true },
      ]}
    />
  );
}

function What({ of }: { of: ExpenseLine }) {
  return (
    <>
      {of.category}
      {of.state === 'committed' && (
        <>
          {' '}
          <Tag tone="info">Committed</Tag>
        </>
      )}
      {of.text && <div style={mute}>{of.text}</div>}
      {of.closed && <div style={mute}>year closed</div>}
    </>
  );
}

export const columnsFor = ({ projects, funds, currency, onAsk }: Shown): Column<ExpenseLine>[] => [
  {
    key: 'date',
    header: 'Date',
    sort: 'date',
    width: '112px',
    cell: (one) => formatDate(one.date),
  },
  { key: 'what', header: 'Category', cell: (one) => <What of={one} /> },
  {
    key: 'project',
    header: 'Project',
    width: '200px',
    cell: (one) => nameOf(projects, one.projectId),
  },
  {
    key: 'fund',
    header: 'Fund',
    width: '150px',
    wideOnly: true,
    cell: (one) => nameOf(funds, one.fundId),
  },
  {
    key: 'amount',
    header: 'Amount',
    sort: 'amount',
    width: '150px',
    numeric: true,
    cell: (one) => formatMoney(one.amount),
  },
  {
    key: 'worth',
    header: `In ${currency}`,
    width: '140px',
    numeric: true,
    cell: (one) => (one.worth ? formatMoney(one.worth) : <Tag tone="warn">Not converted</Tag>),
  },
  ...(onAsk
    ? [
        {
          key: 'deeds',
          header: 'Actions',
          width: '76px',
          numeric: true,
          cell: (one: ExpenseLine) => <Actions of={one} onAsk={onAsk} />,
        },
      ]
    : []),
];

export const compactFor = ({ projects, onAsk }: Shown) =>
  function compact(one: ExpenseLine) {
    return (
      <>
        <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
          <span style={{ minWidth: 0 }}>
            <What of={one} />
          </span>
          <span className="num" style={{ whiteSpace: 'nowrap', fontWeight: 500 }}>
            {formatMoney(one.amount)}
          </span>
        </div>
        <div style={{ ...mute, fontSize: 14, display: 'flex', justifyContent: 'space-between' }}>
          <span>
            {formatDate(one.date)} · {nameOf(projects, one.projectId)}
            {!one.worth && ' · not converted'}
          </span>
          {onAsk && <Actions of={one} onAsk={onAsk} />}
        </div>
      </>
    );
  };
