import type { DraggableProvidedDragHandleProps } from '@hello-pangea/dnd';
import { Link } from '@tanstack/react-router';
import type { Opportunity } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import classes from './pipeline.module.css';

interface CardProps {
  one: Opportunity;
  isOpen: boolean;
  drag: DraggableProvidedDragHandleProps | null;
  isLifted: boolean;
}

/**
 * One opportunity on the board: a link to its page that is also the handle to drag it by, so that there is
 * one thing to tab to. Enter opens it, space lifts it.
 */
export function Card({ one, isOpen, drag, isLifted }: CardProps) {
  const { id, title, donor, programme, ask, probability, deadline } = one;
  return (
    <Link
      to="/pipeline/$id"
      params={{ id }}
      className={classes.card}
      data-lifted={isLifted || undefined}
      {...drag}
      role={undefined}
      draggable={false}
    >
      <span className={classes.cardTitle}>{title}</span>
      <span className={classes.cardLine}>{donor ?? programme ?? 'No donor yet'}</span>
      {(ask ?? isOpen) && (
        <span className={classes.cardFigures}>
          <span>{ask && formatMajorMoney(ask.minor, ask.currency)}</span>
          {isOpen && <span>{probability} %</span>}
        </span>
      )}
      {isOpen && deadline && (
        <span className={classes.cardLine}>
          {formatDate(deadline)} · <DaysLeft date={deadline} />
        </span>
      )}
    </Link>
  );
}
