import type { IncomeLine } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { earmarkingWords, restrictionWords, say, sourceTypeWords } from '@/shared/format/words';
import type { Column } from '@/shared/table/RecordTable';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import type { AskedDeed } from './ledger/deeds';
import { LineMenu } from './ledger/LineMenu';
import { formatRateDays, formatRates } from '@/shared/format/rate';

const mute = { color: 'var(--mute)', fontSize: 13 };

type Ask = ((asked: AskedDeed) => void) | null;

/** What the list shows when nobody has chosen. */
export const ownColumns = [
  'date',
  'donor',
  'ultimateDonor',
  'earmarking',
  'sourceType',
  'amount',
  'worth',
];

/** Every column under the name that the API exports it by. */
export const columnsFor = (currency: string): Column<IncomeLine>[] => [
  {
    key: 'date',
    header: 'Date',
    sort: 'date',
    width: '112px',
    cell: (line) => formatDate(line.date),
  },
  {
    key: 'donor',
    header: 'Donor',
    cell: (line) => (
      <>
        <Donor line={line} />
        <Standing line={line} />
      </>
    ),
  },
  {
    key: 'ultimateDonor',
    header: 'Money of',
    width: '18%',
    wideOnly: true,
    // Mostly it is the payer's own, and then it should not ask to be read twice.
    cell: (line) => (
      <span style={line.ultimateDonorId === line.donorId ? { color: 'var(--mute)' } : undefined}>
        {line.ultimateDonorName}
      </span>
    ),
  },
  {
    key: 'earmarking',
    header: 'Earmarking',
    width: '150px',
    cell: (line) => say(earmarkingWords, line.earmarking),
  },
  {
    key: 'restriction',
    header: 'Restriction',
    width: '120px',
    cell: (line) => say(restrictionWords, line.restriction),
  },
  {
    key: 'sourceType',
    header: 'Source type',
    width: '120px',
    wideOnly: true,
    cell: (line) => say(sourceTypeWords, line.sourceType),
  },
  {
    key: 'amount',
    header: 'Amount',
    sort: 'amount',
    width: '150px',
    numeric: true,
    cell: (line) => formatMoney(line.amount),
  },
  {
    key: 'worth',
    header: `In ${currency}`,
    width: '150px',
    numeric: true,
    cell: (line) => <Converted line={line} />,
  },
  {
    key: 'rate',
    header: 'Rate',
    width: '100px',
    numeric: true,
    cell: (line) => formatRates(line),
  },
  {
    key: 'rateDate',
    header: 'Rate of',
    width: '112px',
    cell: (line) => formatRateDays(line),
  },
  { key: 'project', header: 'Project', width: '16%', cell: (line) => line.project },
  { key: 'fund', header: 'Fund', width: '16%', cell: (line) => line.fund },
  { key: 'forYear', header: 'For the year', width: '110px', cell: (line) => line.forYear },
  { key: 'reference', header: 'Reference', width: '16%', cell: (line) => line.reference },
  { key: 'note', header: 'Note', width: '20%', cell: (line) => line.note },
  {
    key: 'standing',
    header: 'Standing',
    width: '18%',
    cell: (line) => standingOf(line).join(', '),
  },
];

/** What can be done with a line, for who may write. */
export const deedsColumn = (onAsk: (asked: AskedDeed) => void): Column<IncomeLine> => ({
  key: 'deeds',
  header: 'Actions',
  width: '76px',
  numeric: true,
  cell: (line) => <LineMenu line={line} onAsk={onAsk} />,
});

/** What a line is to others, and whether it is closed. */
function standingOf(line: IncomeLine) {
  const { closed, reversed, reversalOf, refundOf, splitId, entryId } = line;
  return [
    reversed && 'taken back',
    reversalOf && 'takes a line back',
    refundOf && 'refund',
    splitId && 'part of a payment',
    entryId && 'from the bank',
    closed && 'year closed',
  ].filter(Boolean);
}

function Standing({ line }: { line: IncomeLine }) {
  const words = standingOf(line);
  return words.length > 0 && <div style={mute}>{words.join(', ')}</div>;
}

function Donor({ line }: { line: IncomeLine }) {
  return (
    <TextLink
      to="/stakeholders/$id"
      params={{ id: line.donorId }}
      c="inherit"
      fw={500}
      title={line.donorName}
    >
      {line.donorName}
    </TextLink>
  );
}

function Converted({ line }: { line: IncomeLine }) {
  if (!line.worth) return <Tag tone="warn">Not converted</Tag>;
  const rates = formatRates(line);
  if (!rates) return formatMoney(line.worth);
  return (
    <span title={`Rate ${rates} of ${formatRateDays(line)}, ${line.rateSource ?? ''}`}>
      {formatMoney(line.worth)}
      <div style={mute}>at {rates}</div>
    </span>
  );
}

export const compactFor = (onAsk: Ask) =>
  function compact(line: IncomeLine) {
    return (
      <>
        <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
          <span style={{ minWidth: 0 }}>
            <Donor line={line} />
            {line.ultimateDonorId !== line.donorId && (
              <div style={mute}>money of {line.ultimateDonorName}</div>
            )}
            <Standing line={line} />
          </span>
          <span className="num" style={{ whiteSpace: 'nowrap', fontWeight: 500 }}>
            {formatMoney(line.amount)}
          </span>
        </div>
        <div style={{ ...mute, fontSize: 14, display: 'flex', justifyContent: 'space-between' }}>
          <span>
            {formatDate(line.date)} · {say(earmarkingWords, line.earmarking)}
            {!line.worth && ' · not converted'}
          </span>
          {onAsk && <LineMenu line={line} onAsk={onAsk} />}
        </div>
      </>
    );
  };
