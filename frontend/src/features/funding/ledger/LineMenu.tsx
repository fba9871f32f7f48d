import type { IncomeLine } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { deedsOf, type AskedDeed, type Deed } from './deeds';
import { RowMenu, type RowAction } from '@/shared/ui/RowMenu';

const words: Record<Deed, string> = {
  change: 'Change…',
  refund: 'Refund…',
  split: 'Split…',
  reverse: 'Reverse…',
  remove: 'Remove…',
};

interface LineMenuProps {
  line: IncomeLine;
  onAsk: (asked: AskedDeed) => void;
}

export function LineMenu({ line, onAsk }: LineMenuProps) {
  const actions = deedsOf(line).map((deed): RowAction => ({
    label: words[deed],
    danger: deed === 'remove',
    onClick: () => onAsk({ deed, line }),
  }));
  if (actions.length === 0) return null;
  return (
    <RowMenu
      of={`${line.donorName}, ${formatMoney(line.amount)}, ${formatDate(line.date)}`}
      actions={actions}
    />
  );
}
