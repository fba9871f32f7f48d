import { DragDropContext, type DropResult } from '@hello-pangea/dnd';
import { NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Board as Loaded, Opportunity, Stage } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import { EmptyState } from '@/shared/states/states';
import { ButtonLink } from '@/shared/ui/links';
import { sayWith } from '@/shared/ui/undo';
import { BoardColumn } from './BoardColumn';
import { MoveDialog } from './MoveDialog';
import classes from './pipeline.module.css';
import { stages } from './search';
import { useMoving } from './useMoving';

interface BoardProps {
  board: Loaded;
  /** The column that a phone shows. */
  column: Stage | undefined;
  onColumn: (column: Stage | undefined) => void;
}

/** Opportunities by stage. A card is dragged by mouse or finger, or by the keyboard: space, arrows, space. */
export function Board({ board, column, onColumn }: BoardProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const mayWrite = useMay('funding:write');
  const [lifted, setLifted] = useState<Opportunity | null>(null);
  const navigate = useNavigate();
  const moving = useMoving(board.columns, ({ id, title, stage, agreement }) => {
    if (stage !== 'awarded' || agreement) return;
    sayWith(`${title} is awarded.`, 'Make the agreement', () => {
      void navigate({ to: '/funding/agreements/new', search: { opportunity: id } });
    });
  });
  const cards = board.columns.flatMap((one) => one.cards);

  const drop = ({ draggableId, destination }: DropResult) => {
    setLifted(null);
    const card = cards.find((one) => one.id === draggableId);
    const to = stages.find((one) => one === destination?.droppableId);
    if (card && to) moving.ask(card, to);
  };
  if (cards.length === 0) {
    return (
      <EmptyState
        title="No opportunity here."
        action={mayWrite && <ButtonLink to="/pipeline/new">New opportunity</ButtonLink>}
      >
        An opportunity is money that you may ask for. Add one by hand, or from the page of a call.
      </EmptyState>
    );
  }
  const shown = phone
    ? board.columns.filter((one) => one.stage === (column ?? firstFull(board)))
    : board.columns;
  const next = board.columns.find((one) => one.stage === lifted?.stage)?.next;
  return (
    <>
      {phone && (
        <NativeSelect
          label="Stage"
          className={classes.pick}
          value={shown[0]?.stage}
          onChange={(event) => onColumn(stages.find((one) => one === event.currentTarget.value))}
          data={board.columns.map((one) => ({
            value: one.stage,
            label: `${one.name} (${one.count})`,
          }))}
        />
      )}
      <DragDropContext
        onBeforeCapture={({ draggableId }) =>
          setLifted(cards.find((one) => one.id === draggableId) ?? null)
        }
        onDragEnd={drop}
      >
        <div className={classes.board} role="group" aria-label="Board">
          {shown.map((one) => (
            <BoardColumn
              key={one.stage}
              column={one}
              fixed={!mayWrite || phone}
              closed={lifted !== null && lifted.stage !== one.stage && !next?.includes(one.stage)}
              {...(phone && mayWrite && { onMove: moving.ask, rules: board.columns })}
            />
          ))}
        </div>
      </DragDropContext>
      <MoveDialog key={moving.pending?.one.id} {...moving} />
    </>
  );
}

function firstFull(board: Loaded): Stage | undefined {
  return (board.columns.find((one) => one.count > 0) ?? board.columns[0])?.stage;
}
