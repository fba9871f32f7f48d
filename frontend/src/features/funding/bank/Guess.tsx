import type { BankPayment } from '@/shared/api/types';
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
  if (payment.state === 'ignored') {
    return <div className={classes.wrap}>No income: {payment.reason}</div>;
  }
  if (!first) return <span className={classes.mute}>Nobody is known by this name or account.</span>;
  const { word, tone } = likelihood(first);
  const instalment = instalmentWords(first);
  return (
    <>
      <div className={classes.guess}>
        <Donor id={first.donorId} name={first.donorName} />
        <Tag tone={tone}>
          {word}, {first.score} of 100
        </Tag>
      </div>
      {instalment && <div className={classes.wrap}>{instalment}</div>}
      <div className={`${classes.mute} ${classes.wrap}`}>{first.reasons.join(' ')}</div>
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
