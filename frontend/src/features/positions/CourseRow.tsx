import { Anchor } from '@mantine/core';
import type { Course, Position } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import lines from '@/shared/record/lines.module.css';
import { Folded } from '@/shared/ui/Folded';
import { RowMenu } from '@/shared/ui/RowMenu';
import { Tag } from '@/shared/ui/Tag';
import { Degree } from './Degree';
import { useRemove } from './queries';
import { sayMoved, stances } from './values';
import classes from './positions.module.css';

interface CourseRowProps {
  course: Course;
  mayWrite: boolean;
  onAdd: (priorityId: string) => void;
  onEdit: (position: Position) => void;
}

/** Where somebody stands on one priority, by what we know it, and where they stood before. */
export function CourseRow({ course, mayWrite, onAdd, onEdit }: CourseRowProps) {
  const { priority, current, initial, moved, history } = course;
  const earlier = history.slice(1);
  const said = sayMoved(moved, formatDate(initial.date));
  return (
    <li className={lines.row}>
      <div className={lines.body}>
        <p className={lines.head}>
          <strong>{priority.name}</strong>
          <Tag tone={stances[current.stance].tone}>{stances[current.stance].label}</Tag>
        </p>
        <Known position={current} more={said} />
        {earlier.length > 0 && (
          <Folded title={`Earlier (${earlier.length})`}>
            <ul className={classes.earlier} aria-label={`Earlier positions on ${priority.name}`}>
              {earlier.map((position) => (
                <li key={position.id} className={lines.row}>
                  <div className={lines.body}>
                    <Tag tone={stances[position.stance].tone}>{stances[position.stance].label}</Tag>
                    <Known position={position} />
                  </div>
                  {mayWrite && (
                    <Menu
                      position={position}
                      of={`${priority.name}, ${formatDate(position.date)}`}
                      onEdit={onEdit}
                    />
                  )}
                </li>
              ))}
            </ul>
          </Folded>
        )}
      </div>
      {mayWrite && (
        <Menu
          position={current}
          of={priority.name}
          onEdit={onEdit}
          onAdd={priority.retired ? undefined : () => onAdd(priority.id)}
        />
      )}
    </li>
  );
}

function Known({ position, more }: { position: Position; more?: string }) {
  const { date, influence, interest, evidence, link } = position;
  return (
    <>
      <p className={classes.meta}>
        <span>{formatDate(date)}</span>
        <Degree what="Influence" of={influence} />
        <Degree what="Interest" of={interest} />
        {more && <span>{more}</span>}
      </p>
      <p className={classes.evidence}>
        {evidence}
        {link && (
          <>
            {' '}
            <Anchor href={link} target="_blank" rel="noreferrer">
              Source
            </Anchor>
          </>
        )}
      </p>
    </>
  );
}

interface MenuProps {
  position: Position;
  of: string;
  onEdit: (position: Position) => void;
  onAdd?: (() => void) | undefined;
}

function Menu({ position, of, onEdit, onAdd }: MenuProps) {
  const remove = useRemove();
  return (
    <RowMenu
      of={of}
      actions={[
        ...(onAdd ? [{ label: 'It has changed…', onClick: onAdd }] : []),
        { label: 'Correct…', onClick: () => onEdit(position) },
        { label: 'Remove', onClick: () => remove.mutate(position), danger: true },
      ]}
    />
  );
}
