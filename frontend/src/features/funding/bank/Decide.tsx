import { Button } from '@mantine/core';
import type { BankPayment } from '@/shared/api/types';
import { formatMoney } from '@/shared/format/number';
import { formatDate } from '@/shared/format/date';
import { RowMenu } from '@/shared/ui/RowMenu';
import { bookingOf, useAccept, useReopen } from './queries';
import { isComplete } from './words';
import classes from './bank.module.css';

/** A dialog that is asked for a payment. */
export interface Asked {
  what: 'accept' | 'payout' | 'ignore';
  payment: BankPayment;
}

interface DecideProps {
  payment: BankPayment;
  onAsk: (asked: Asked) => void;
}

export const nameOf = ({ payer, amount, date }: BankPayment) =>
  `${payer ?? 'payment'}, ${formatMoney(amount)}, ${formatDate(date)}`;

/** What can be said of a payment: one click where all is known, a dialog where it is not. */
export function Decide({ payment, onAsk }: DecideProps) {
  const accept = useAccept();
  const reopen = useReopen();
  const [first] = payment.suggestions;
  if (payment.state !== 'proposed') {
    return (
      <div className={classes.decide}>
        <Button
          size="compact-sm"
          variant="default"
          loading={reopen.isPending}
          aria-label={`Take back: ${nameOf(payment)}`}
          onClick={() => reopen.mutate([payment])}
        >
          Take back
        </Button>
      </div>
    );
  }
  const ask = (what: Asked['what']) => () => onAsk({ what, payment });
  const others = [
    { label: 'Choose another…', onClick: ask('accept') },
    { label: 'Payout of gifts…', onClick: ask('payout') },
    { label: 'Ignore…', onClick: ask('ignore') },
  ];
  if (first?.payout) {
    return (
      <div className={classes.decide}>
        <Button
          size="compact-sm"
          variant="light"
          aria-label={`Payout: ${nameOf(payment)}`}
          onClick={ask('payout')}
        >
          Payout…
        </Button>
        <RowMenu of={nameOf(payment)} actions={others} />
      </div>
    );
  }
  const known = first && isComplete(first);
  return (
    <div className={classes.decide}>
      <Button
        size="compact-sm"
        variant={first ? 'light' : 'default'}
        loading={accept.isPending}
        aria-label={`${known ? 'Accept' : 'Book'}: ${nameOf(payment)}`}
        onClick={known ? () => accept.mutate(bookingOf(payment, first)) : ask('accept')}
      >
        {known ? 'Accept' : 'Book…'}
      </Button>
      <RowMenu of={nameOf(payment)} actions={others} />
    </div>
  );
}
