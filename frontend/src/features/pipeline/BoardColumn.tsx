import { Draggable, Droppable } from '@hello-pangea/dnd';
import type { BoardColumn as Column, Opportunity, Stage, StageRule } from '@/shared/api/types';
import { formatShortMoney } from '@/shared/format/number';
import { Card } from './Card';
import classes from './pipeline.module.css';
import { StageMover } from './StageMover';

interface BoardColumnProps {
  column: Column;
  /** Nothing can be dragged: a phone, or a reader. */
  fixed: boolean;
  /** What is being dragged cannot go here. */
  closed: boolean;
  /** On a phone a card is moved by a list instead. */
  onMove?: (one: Opportunity, to: Stage) => void;
  rules?: StageRule[];
}

export function BoardColumn({ column, fixed, closed, onMove, rules }: BoardColumnProps) {
  const { stage, name, cards, count } = column;
  return (
    <section className={classes.column} aria-label={name} data-closed={closed || undefined}>
      <header className={classes.columnHead}>
        <h2>
          {name} <span className={classes.count}>{count}</span>
        </h2>
        <ColumnSums column={column} />
      </header>
      <Droppable droppableId={stage} isDropDisabled={closed}>
        {(drop, { isDraggingOver }) => (
          <div
            ref={drop.innerRef}
            {...drop.droppableProps}
            className={classes.cards}
            data-over={isDraggingOver || undefined}
          >
            {cards.map((one, index) => (
              <Draggable key={one.id} draggableId={one.id} index={index} isDragDisabled={fixed}>
                {(drag, { isDragging }) => (
                  <div ref={drag.innerRef} {...drag.draggableProps} className={classes.slot}>
                    <Card
                      one={one}
                      isOpen={column.open}
                      drag={drag.dragHandleProps}
                      isLifted={isDragging}
                    />
                    {onMove && rules && (
                      <StageMover one={one} rules={rules} onMove={(to) => onMove(one, to)} />
                    )}
                  </div>
                )}
              </Draggable>
            ))}
            {drop.placeholder}
            {cards.length === 0 && !isDraggingOver && <p className={classes.none}>None</p>}
            {count > cards.length && (
              <p className={classes.none}>{count - cards.length} more, in the table</p>
            )}
          </div>
        )}
      </Droppable>
    </section>
  );
}

function ColumnSums({ column }: { column: Column }) {
  const { sum, discount, open, notConverted } = column;
  if (!sum || (sum.minor === 0 && notConverted === 0)) return null;
  return (
    <p className={classes.sums}>
      <span title={`Sum of what is asked for, in ${sum.currency}`}>
        {sum.currency} {formatShortMoney(sum.minor, sum.currency)}
      </span>
      {open && discount && (
        <span title="Each ask times its probability">
          {formatShortMoney(discount.minor, discount.currency)} weighted
        </span>
      )}
      {notConverted > 0 && <span title="No rate is known">{notConverted} not converted</span>}
    </p>
  );
}
