import type { Board, Stage, StageRule } from '@/shared/api/types';

/** The board with one card in another column, as it will be once the server has agreed. */
export function moved(board: Board, id: string, to: Stage): Board {
  const card = board.columns.flatMap(({ cards }) => cards).find((one) => one.id === id);
  if (!card || card.stage === to) return board;
  return {
    ...board,
    columns: board.columns.map((column) => {
      if (column.stage === card.stage) {
        const cards = column.cards.filter((one) => one.id !== id);
        return { ...column, cards, count: column.count - 1 };
      }
      if (column.stage === to) {
        const cards = [{ ...card, stage: to }, ...column.cards];
        return { ...column, cards, count: column.count + 1 };
      }
      return column;
    }),
  };
}

/** What a person is asked before a move, as the rules of both stages have it; null: nothing. */
export type Question = 'lost' | 'reopen' | 'confirm' | null;

export function questionOf(from: StageRule, to: StageRule): Question {
  if (to.needs.includes('lost')) return 'lost';
  if (!from.open) return 'reopen';
  return to.open ? null : 'confirm';
}
