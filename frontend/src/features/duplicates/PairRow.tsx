import { Button } from '@mantine/core';
import type { Pair, Stakeholder } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import classes from './duplicates.module.css';
import { useDecide } from './queries';

function Who({ one }: { one: Stakeholder | undefined }) {
  if (!one) return <div className={classes.who}>This record is gone.</div>;
  const facts = [
    one.country && countryName(one.country),
    ...one.emails.map(({ address }) => address),
  ].filter(Boolean);
  return (
    <div className={classes.who}>
      <TextLink to="/stakeholders/$id" params={{ id: one.id }}>
        {one.name}
      </TextLink>
      {facts.length > 0 && <p>{facts.join(' · ')}</p>}
    </div>
  );
}

/** Two records beside each other, why they may be the same, and what to do about it. */
export function PairRow({ pair }: { pair: Pair }) {
  const decide = useDecide();
  const { first, second } = pair;
  const names = `${first?.name ?? ''} and ${second?.name ?? ''}`;
  return (
    <li className={classes.pair}>
      <Who one={first} />
      <Who one={second} />
      <ul className={classes.reasons} aria-label="Why">
        {pair.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        <li>{pair.score} of 100</li>
      </ul>
      <div className={classes.acts}>
        {first && second && (
          <ButtonLink
            to="/stakeholders/merge"
            search={{ stays: first.id, goes: second.id }}
            variant="default"
            size="compact-md"
            aria-label={`Compare ${names}`}
          >
            Compare
          </ButtonLink>
        )}
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          loading={decide.isPending}
          aria-label={
            pair.state === 'open' ? `${names} are not duplicates` : `Look at ${names} again`
          }
          onClick={() =>
            decide.mutate({ pair, state: pair.state === 'open' ? 'different' : 'open' })
          }
        >
          {pair.state === 'open' ? 'Not a duplicate' : 'Look at again'}
        </Button>
      </div>
    </li>
  );
}
