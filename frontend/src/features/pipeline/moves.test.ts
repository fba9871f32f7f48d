import { expect, it } from 'vitest';
import type { Board, BoardColumn, Opportunity, StageRule } from '@/shared/api/types';
import { moved, questionOf } from './moves';

const card = { id: 'o1', stage: 'proposal' } as Opportunity;
const column = (stage: string, cards: Opportunity[]) =>
  ({ stage, cards, count: cards.length }) as BoardColumn;
const board = {
  columns: [column('proposal', [card]), column('submitted', [])],
} as unknown as Board;

it('moves a card and counts both columns anew, without touching the board that was', () => {
  const after = moved(board, 'o1', 'submitted');
  expect(after.columns.map(({ count }) => count)).toEqual([0, 1]);
  expect(after.columns[1]?.cards[0]).toEqual({ id: 'o1', stage: 'submitted' });
  expect(board.columns[0]?.cards).toHaveLength(1);
  expect(moved(board, 'o1', 'proposal')).toBe(board);
  expect(moved(board, 'unknown', 'submitted')).toBe(board);
});

const rule = (open: boolean, needs: string[] = []) => ({ open, needs }) as unknown as StageRule;

it('asks for what the rules of the stages want', () => {
  expect(questionOf(rule(true), rule(true))).toBeNull();
  expect(questionOf(rule(true), rule(false, ['lost']))).toBe('lost');
  expect(questionOf(rule(true), rule(false))).toBe('confirm');
  expect(questionOf(rule(false), rule(true))).toBe('reopen');
});
