import type { CallBudget, CallPage } from '@/shared/api/types';
import { DaysLeft } from '@/shared/calls/DaysLeft';
import { formatDate } from '@/shared/format/date';
import { formatMajorMoney } from '@/shared/format/number';
import { Fact, Facts } from '@/shared/ui/Facts';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import classes from './calls.module.css';
import { callsOf } from './search';

export function CallFacts({ call }: { call: CallPage }) {
  const { deadlines, budget } = call;
  return (
    <>
      <Section title="Deadlines">
        {deadlines.length === 0 ? (
          <p style={{ margin: 0, color: 'var(--mute)' }}>The source gives none.</p>
        ) : (
          <ul className={classes.list}>
            {deadlines.map((deadline, i) => (
              <li key={`${deadline.date}-${i}`}>
                <strong>{formatDate(deadline.date)}</strong>
                {deadline.time && `, ${deadline.time} Brussels`} · <DaysLeft date={deadline.date} />
                {deadline.label && <div className={classes.second}>{deadline.label}</div>}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Facts">
        <Facts>
          <Fact name="Programme">
            {call.programme && (
              <TextLink to="/calls" search={{ where: callsOf(call.programme) }}>
                {call.programmeLabel || call.programme}
              </TextLink>
            )}
          </Fact>
          <Fact name="Opens">{formatDate(call.opens)}</Fact>
          {budget && <BudgetFacts budget={budget} />}
          <Fact name="Type of action">{call.typeOfAction.join(', ')}</Fact>
          <Fact name="Identifier">{call.identifier}</Fact>
          <Fact name="Part of">{call.callTitle ?? call.callIdentifier}</Fact>
          <Fact name="Keywords">{call.keywords.join(', ')}</Fact>
          <Fact name="Languages">{call.languages.join(', ')}</Fact>
          <Fact name="First seen">{call.firstSeenAt && <When at={call.firstSeenAt} />}</Fact>
          <Fact name="Not readable">{call.notes?.join(' ')}</Fact>
        </Facts>
      </Section>
    </>
  );
}

function BudgetFacts({ budget }: { budget: CallBudget }) {
  const money = (amount: number | undefined) =>
    amount === undefined ? '' : formatMajorMoney(amount, budget.currency);
  const { minContribution, maxContribution } = budget;
  const per = [...new Set([money(minContribution), money(maxContribution)])].filter(Boolean);
  return (
    <>
      <Fact name="Budget">{money(budget.total)}</Fact>
      <Fact name="Per grant">{per.join(' to ')}</Fact>
      <Fact name="Grants expected">{budget.expectedGrants}</Fact>
      <Fact name="By year">
        {budget.years && budget.years.length > 1 && (
          <ul className={classes.list}>
            {budget.years.map(({ year, amount }) => (
              <li key={year}>
                {year}: {money(amount)}
              </li>
            ))}
          </ul>
        )}
      </Fact>
    </>
  );
}
