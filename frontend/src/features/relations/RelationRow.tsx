import type { Relation, RelationType } from '@/shared/api/types';
import { formatSpan } from '@/shared/format/span';
import lines from '@/shared/record/lines.module.css';
import { useMay } from '@/shared/session/session';
import { TextLink } from '@/shared/ui/links';
import { RowMenu, type RowAction } from '@/shared/ui/RowMenu';
import { Tag } from '@/shared/ui/Tag';
import type { Doing } from './dialogs';
import { useRemove } from './queries';
import { Strength } from './Strength';
import { seenFrom } from './values';
import classes from './relations.module.css';

interface RelationRowProps {
  /** The id of the record that the page is about. */
  from: string;
  relation: Relation;
  types: RelationType[];
  onDo: (next: Doing) => void;
}

/** One relation, as a line. */
export function RelationRow({ from, relation, types, onDo }: RelationRowProps) {
  const mayWrite = useMay('stakeholders:write');
  const remove = useRemove();
  const { words, other } = seenFrom(from, relation, types);
  const { source, note, state, strength } = relation;
  const facts = [formatSpan(relation), source && `Source: ${source}`, note].filter(Boolean);
  const actions: RowAction[] = [
    { label: 'Edit…', onClick: () => onDo({ what: 'edit', relation }) },
    ...(state === 'past'
      ? []
      : [{ label: 'End…', onClick: () => onDo({ what: 'end', relation }) }]),
    { label: 'Remove', onClick: () => remove.mutate(relation), danger: true },
  ];
  return (
    <li className={lines.row}>
      <div className={lines.body}>
        <p className={lines.head}>
          <span className={classes.how}>{words}</span>
          <TextLink to="/stakeholders/$id" params={{ id: other.id }} fw={500}>
            {other.name || 'No longer here'}
          </TextLink>
          <Strength of={strength} />
          {state === 'future' && <Tag tone="info">To come</Tag>}
        </p>
        {facts.length > 0 && <p className={classes.facts}>{facts.join(' · ')}</p>}
      </div>
      {mayWrite && <RowMenu of={`${words} ${other.name}`} actions={actions} />}
    </li>
  );
}
