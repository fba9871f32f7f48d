import type { BudgetLine } from '@/shared/api/types';

/** A line of a budget as its form holds it: the amount in the reporting currency, as typed. */
export interface TypedLine {
  projectId: string;
  fundId: string;
  category: string;
  figure: number | string;
}

export const totalOf = (lines: readonly { cents: number }[]) =>
  lines.reduce((sum, { cents }) => sum + cents, 0);

/** Cents of what was typed; nothing counts as none. */
export const centsOf = ({ figure }: TypedLine) =>
  Math.round((typeof figure === 'number' ? figure : Number(figure.replaceAll(',', '')) || 0) * 100);

export const typedOf = ({ projectId, fundId = '', category, cents }: BudgetLine): TypedLine => ({
  projectId,
  fundId,
  category,
  figure: cents / 100,
});

export const bodyOf = (line: TypedLine): BudgetLine => ({
  projectId: line.projectId,
  ...(line.fundId && { fundId: line.fundId }),
  category: line.category,
  cents: centsOf(line),
});
