import { SvgLink } from '@/shared/ui/SvgLink';
import type { ReactNode, SVGAttributes } from 'react';
import type { ExpensesSearch } from '../budget/search';
import type { IncomeSearch } from '../search';

/** What stands behind a piece of a chart. */
export type Behind = { income: IncomeSearch } | { expenses: ExpensesSearch };

interface PieceProps {
  behind: Behind | undefined;
  piece: Pick<SVGAttributes<SVGElement>, 'tabIndex' | 'className' | 'aria-label'> &
    Record<'onFocus' | 'onBlur' | 'onPointerEnter', () => void> & {
      'data-at': string;
      'data-faint': true | undefined;
    };
  children: ReactNode;
}

/** A piece of a chart: the way to what is behind it, or where nothing leads there a picture with a name. */
export function Piece({ behind, piece, children }: PieceProps) {
  if (!behind) {
    return (
      <g role="img" {...piece}>
        {children}
      </g>
    );
  }
  return 'income' in behind ? (
    <SvgLink to="/funding/income" search={behind.income} {...piece}>
      {children}
    </SvgLink>
  ) : (
    <SvgLink to="/funding/expenses" search={behind.expenses} {...piece}>
      {children}
    </SvgLink>
  );
}
