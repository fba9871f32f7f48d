import type { AskedDeed } from './deeds';
import { LineDialog } from './LineDialog';
import { RefundDialog, ReverseDialog } from './RefundDialog';
import { RemoveDialog } from './RemoveDialog';
import { SplitDialog } from './SplitDialog';

/** The dialog of what is done with a line. */
export function DeedDialog({ asked, onClose }: { asked: AskedDeed; onClose: () => void }) {
  const { deed, line } = asked;
  switch (deed) {
    case 'change':
      return <LineDialog of={line} onClose={onClose} />;
    case 'refund':
      return <RefundDialog line={line} onClose={onClose} />;
    case 'split':
      return <SplitDialog line={line} onClose={onClose} />;
    case 'reverse':
      return <ReverseDialog line={line} onClose={onClose} />;
    case 'remove':
      return <RemoveDialog line={line} onClose={onClose} />;
  }
}
