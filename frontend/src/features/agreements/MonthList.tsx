import type { Obligation } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { say } from '@/shared/format/words';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import { monthName } from './months';
import { instalmentKindWords, requirementKindWords } from './words';
import classes from './agreements.module.css';

/** Obligations month by month. */
export function MonthList({ items }: { items: Obligation[] }) {
  const months = [...new Set(items.map(({ date }) => date.slice(0, 7)))];
  return months.map((month) => (
    <section key={month} aria-label={monthName(month)}>
      <h2 className={classes.month}>{monthName(month)}</h2>
      <ul className={classes.rows}>
        {items
          .filter(({ date }) => date.startsWith(month))
          .map((one) => (
            <ObligationRow key={one.id} one={one} />
          ))}
      </ul>
    </section>
  ));
}

function ObligationRow({ one }: { one: Obligation }) {
  const day = formatDate(one.date).replace(/ \d{4}$/, '');
  const { title, about } = wordsOf(one);
  return (
    <li className={classes.row}>
      <time dateTime={one.date} className={classes.day}>
        {day}
      </time>
      <div className={classes.rowText}>
        <ObligationLink one={one}>{title}</ObligationLink>
        <div className={classes.mute}>
          {[about, one.donorName, one.ownerName].filter(Boolean).join(' · ')}
        </div>
      </div>
      <span className="num" style={{ whiteSpace: 'nowrap', textAlign: 'right' }}>
        {one.amount && <div>{formatMoney(one.amount)}</div>}
        {one.state === 'overdue' && <Tag tone="bad">Overdue</Tag>}
        {one.state === 'done' && <Tag tone="good">Done</Tag>}
      </span>
    </li>
  );
}

/** Leads to the agreement or the case; a string that goes for all money of a donor leads to the picture. */
export function ObligationLink({ one, children }: { one: Obligation; children: string }) {
  if (one.caseId) {
    return (
      <TextLink to="/funding/diligence/$id" params={{ id: one.caseId }} fw={500}>
        {children}
      </TextLink>
    );
  }
  return one.agreementId ? (
    <TextLink to="/funding/agreements/$id" params={{ id: one.agreementId }} fw={500}>
      {children}
    </TextLink>
  ) : (
    <TextLink to="/funding/strings" fw={500}>
      {children}
    </TextLink>
  );
}

/** What an obligation is called, and what it is about. */
export function wordsOf(one: Obligation): { title: string; about: string | undefined } {
  switch (one.kind) {
    case 'instalment':
      return {
        title: `${say(instalmentKindWords, one.detail)} due to us`,
        about: one.agreement,
      };
    case 'term':
      return { title: 'The term ends', about: one.agreement };
    case 'string':
      return { title: `String ${one.detail}: ${one.title}`, about: one.agreement };
    case 'diligence':
      return { title: one.title, about: undefined };
    case 'requirement':
      return {
        title: one.title,
        about: [say(requirementKindWords, one.detail), one.agreement].filter(Boolean).join(' · '),
      };
  }
}
