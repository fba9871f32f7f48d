import type { DiligenceCase } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import type { Column } from '@/shared/table/RecordTable';
import { TextLink } from '@/shared/ui/links';
import { Tag, Tags } from '@/shared/ui/Tag';
import { decidedWords, outcomeTones, stateWords } from './words';
import classes from './diligence.module.css';

export const columns: Column<DiligenceCase>[] = [
  { key: 'donor', header: 'Donor', sort: 'name', cell: (one) => <Donor one={one} /> },
  { key: 'state', header: 'State', width: '250px', cell: (one) => <CaseTags one={one} /> },
  {
    key: 'openedOn',
    header: 'Opened',
    sort: 'openedOn',
    width: '120px',
    cell: (one) => formatDate(one.openedOn),
  },
  {
    key: 'expiresOn',
    header: 'Holds until',
    sort: 'expiresOn',
    width: '130px',
    cell: (one) => one.decision && formatDate(one.decision.expiresOn),
  },
  { key: 'left', header: 'Left to do', width: '26%', wideOnly: true, cell: leftToDo },
];

/** Where a case stands, and what it came to. */
export function CaseTags({ one }: { one: DiligenceCase }) {
  return (
    <Tags>
      {one.state !== 'decided' && (
        <Tag tone={one.state === 'replaced' ? 'mute' : 'warn'}>{stateWords[one.state]}</Tag>
      )}
      {one.decision && one.state !== 'replaced' && (
        <Tag tone={one.state === 'decided' ? outcomeTones[one.decision.outcome] : 'mute'}>
          {decidedWords[one.decision.outcome]}
        </Tag>
      )}
      {one.proposal && <Tag tone="info">Waits for a second person</Tag>}
    </Tags>
  );
}

function Donor({ one }: { one: DiligenceCase }) {
  return (
    <TextLink to="/funding/diligence/$id" params={{ id: one.id }} c="inherit" fw={500}>
      {one.donorName || one.name}
    </TextLink>
  );
}

/** What an open case needs before it can be decided. */
export function leftToDo(one: DiligenceCase): string {
  if (one.state !== 'open' || one.proposal) return '';
  const { possible } = one.standing.screening;
  return [
    one.unanswered > 0 && `${one.unanswered} of ${one.questions.length} questions`,
    possible > 0 && plural(possible, 'possible sanctions match', 'possible sanctions matches'),
  ]
    .filter(Boolean)
    .join(', ');
}

export function compactRow(one: DiligenceCase) {
  return (
    <>
      <div>
        <Donor one={one} />
      </div>
      <CaseTags one={one} />
      <div className={classes.mute}>
        {[
          one.decision
            ? `Holds until ${formatDate(one.decision.expiresOn)}`
            : `Opened ${formatDate(one.openedOn)}`,
          leftToDo(one),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </>
  );
}
