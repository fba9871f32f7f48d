import type { Stakeholder } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import {
  dueDiligenceWords,
  lawfulBasisWords,
  say,
  schemeWords,
  sourceTypeWords,
} from '@/shared/format/words';
import { Fact } from '@/shared/ui/Facts';
import classes from './RecordPage.module.css';

/** What belongs to a role or to a kind, and what else they are known by. */
export function DetailFacts({ one }: { one: Stakeholder }) {
  const { donor, igo, mep, movement, basis } = one;
  return (
    <>
      <Fact name="Also called">
        {one.otherNames && (
          <Plain list={one.otherNames.map(({ name, label }) => [name, label ?? ''])} />
        )}
      </Fact>
      <Fact name="Kind of purse">{say(sourceTypeWords, donor?.sourceType)}</Fact>
      <Fact name="Due diligence">
        {donor?.dueDiligence &&
          [
            say(dueDiligenceWords, donor.dueDiligence),
            donor.dueDiligenceUntil && `until ${formatDate(donor.dueDiligenceUntil)}`,
          ]
            .filter(Boolean)
            .join(' ')}
      </Fact>
      <Fact name="Funds">{donor?.policyNotes}</Fact>
      <Fact name="Body">{igo?.body}</Fact>
      <Fact name="Mandate">{igo?.mandate}</Fact>
      <Fact name="Group">{mep?.group}</Fact>
      <Fact name="Committees">{mep?.committees?.join(', ')}</Fact>
      <Fact name="Causes">{movement?.causes?.join(', ')}</Fact>
      <Fact name="Numbers">
        {one.externalIds && (
          <Plain
            list={one.externalIds.map(({ scheme, value }) => [value, say(schemeWords, scheme)])}
          />
        )}
      </Fact>
      <Fact name="Lawful basis">
        {basis &&
          [
            say(lawfulBasisWords, basis.lawfulBasis),
            basis.date && `since ${formatDate(basis.date)}`,
            basis.source,
          ]
            .filter(Boolean)
            .join(' · ')}
      </Fact>
    </>
  );
}

function Plain({ list }: { list: [string, string][] }) {
  return (
    <ul className={classes.plain}>
      {list.map(([text, label]) => (
        <li key={label + text}>
          {text} {label && <span className={classes.side}>{label}</span>}
        </li>
      ))}
    </ul>
  );
}
