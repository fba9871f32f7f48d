import type { BankPayment } from '@/shared/api/types';
import { formatMoney } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import { instalmentWords, likelihood } from './words';
import classes from './bank.module.css';

/** What a payment may be, or what it has become. */
export function Guess({ payment }: { payment: BankPayment }) {
  const [first] = payment.suggestions;
  if (payment.state === 'accepted') {
    return (
      <div className={classes.guess}>
        <span>
          Income of <Donor id={payment.donorId ?? ''} name={payment.donorName ?? ''} />
        </span>
      </div>
    );
  }
  if (payment.state === 'payout') return <PaidOut payment={payment} />;
  if (payment.state === 'ignored') {
    return <div className={classes.wrap}>No income: {payment.reason}</div>;
  }
  if (!first) return <span className={classes.mute}>Nobody is known by this name or account.</span>;
  const { word, tone } = likelihood(first);
  const instalment = instalmentWords(first);
  return (
    <>
      <div className={classes.guess}>
        <span>
          {first.payout && 'Payout of gifts: '}
          <Donor id={first.donorId} name={first.donorName} />
        </span>
        <Tag tone={tone}>
          {word}, {first.score} of 100
        </Tag>
      </div>
      {instalment && <div className={classes.wrap}>{instalment}</div>}
      <div className={`${classes.mute} ${classes.wrap}`}>{first.reasons.join(' ')}</div>
    </>
  );
}

/** The gifts that it pays out, which are income already. */
function PaidOut({ payment }: { payment: BankPayment }) {
  const { payout = [], donorId, donorName, amount } = payment;
  const kept = payout.reduce((sum, one) => sum + (one.kept ?? 0), 0);
  return (
    <>
      <div className={classes.guess}>
        <span>
          Payout of gifts
          {donorId && (
            <>
              : <Donor id={donorId} name={donorName ?? ''} />
            </>
          )}
        </span>
      </div>
      <div className={`${classes.mute} ${classes.wrap}`}>
        {payout.map(({ name }) => name).join(', ')}
        {kept > 0 &&
          ` · ${formatMoney({ minor: kept, currency: amount.currency })} kept by the platform`}
      </div>
    </>
  );
}

function Donor({ id, name }: { id: string; name: string }) {
  return (
    <TextLink to="/stakeholders/$id" params={{ id }} c="inherit" fw={500} title={name}>
      {name}
    </TextLink>
  );
}
