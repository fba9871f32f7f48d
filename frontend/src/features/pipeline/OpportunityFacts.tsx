import type { OpportunityPage } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney, formatMoney } from '@/shared/format/number';
import { earmarkingWords, say } from '@/shared/format/words';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { Fact, Facts } from '@/shared/ui/Facts';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { percent, partnerWords } from './fields';
import classes from './pipeline.module.css';
import { useCurrency } from '@/shared/session/session';
import { formatRateDays, formatRates } from '@/shared/format/rate';

/** What is known, as names and values. Amounts are there for who may read them. */
export function OpportunityFacts({ one }: { one: OpportunityPage }) {
  const { coFinancing: match } = one;
  const currency = useCurrency();
  return (
    <div>
      <Section title="Facts">
        <Facts>
          <Fact name="Donor">
            {one.donorId && <StakeholderLink id={one.donorId} name={one.donor} />}
          </Fact>
          <Fact name="Programme">{one.programme}</Fact>
          <Fact name="Call">
            {one.callId && one.call && (
              <TextLink to="/calls/$id" params={{ id: one.callId }}>
                {one.call}
              </TextLink>
            )}
          </Fact>
          <Fact name="Agreement">
            {one.agreement && (
              <TextLink to="/funding/agreements/$id" params={{ id: one.agreement.id }}>
                {one.agreement.title}
              </TextLink>
            )}
          </Fact>
          <Fact name="Owner">{one.owner}</Fact>
          <Fact name="Ask">{formatMoney(one.ask)}</Fact>
          {one.ask && one.ask.currency !== currency && <Worth one={one} in={currency} />}
          <Fact name="Co-financing">
            {[match.points && `${percent(match.points)} %`, formatMoney(match.amount)]
              .filter(Boolean)
              .join(', ')}
          </Fact>
          <Fact name="Overhead">{one.overhead && `${percent(one.overhead)} %`}</Fact>
          <Fact name="Earmarking">{say(earmarkingWords, one.earmarking)}</Fact>
          <Fact name="Period">
            {(one.from ?? one.to) && `${formatDate(one.from)} to ${formatDate(one.to)}`}
          </Fact>
          <Fact name="Deadline">
            {one.deadline && (
              <>
                {formatDate(one.deadline)} · <DaysLeft date={one.deadline} />
              </>
            )}
          </Fact>
          <Fact name="Decision expected">{formatDate(one.decision)}</Fact>
        </Facts>
      </Section>
      <Probability one={one} />
    </div>
  );
}

function Worth({ one, in: currency }: { one: OpportunityPage; in: string }) {
  const name = `In ${currency}`;
  if (!one.worth) return <Fact name={name}>Not converted: no rate is known.</Fact>;
  return (
    <Fact name={name}>
      {formatMajorMoney(one.worth.minor, one.worth.currency)}, at {formatRates(one)} of{' '}
      {formatRateDays(one)} ({one.rateSource})
    </Fact>
  );
}

function Probability({ one }: { one: OpportunityPage }) {
  const { probability, probabilityReason, suggestion } = one;
  return (
    <Section title="Probability" aside={`${probability} %`}>
      {probabilityReason && <p className={classes.text}>{probabilityReason}</p>}
      <p className={classes.hint}>
        {probabilityReason && `Suggested: ${suggestion.percent} %. `}
        {suggestion.reason}
      </p>
    </Section>
  );
}

/** Who asks together, and whose part is how large. */
export function Consortium({ one }: { one: OpportunityPage }) {
  if (one.partners.length === 0) return null;
  return (
    <Section title="Consortium">
      <ul className={classes.lines}>
        <li>
          <span className={classes.grow}>We</span>
          <span className={classes.side}>{say(partnerWords, one.ourRole)}</span>
          <span className={classes.side}>{percent(one.ourShare ?? 0)} %</span>
        </li>
        {one.partners.map((partner) => (
          <li key={partner.stakeholderId}>
            <span className={classes.grow}>
              <StakeholderLink id={partner.stakeholderId} name={one.names[partner.stakeholderId]} />
            </span>
            <span className={classes.side}>{say(partnerWords, partner.role)}</span>
            <span className={classes.side}>{percent(partner.share ?? 0)} %</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
