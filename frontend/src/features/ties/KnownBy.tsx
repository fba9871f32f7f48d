import { useQuery } from '@tanstack/react-query';
import type { Stakeholder, Tie } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { BandTag } from '@/shared/ties/BandTag';
import { Section } from '@/shared/ui/Page';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';
import { tiesQuery } from './queries';
import classes from './ties.module.css';

/** Who of us knows this stakeholder, the best first, and why Piper thinks so. */
export function KnownBy({ one }: { one: Stakeholder }) {
  const ties = useQuery(tiesQuery(one.id));
  return (
    <Section title="Who of us knows them">
      <Ready query={ties} loading={<LoadingRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="Nobody, as far as Piper can tell.">
              It is measured every night from meetings and from mail that goes both ways, never from
              what is said.
            </EmptyState>
          ) : (
            <ul className={classes.list}>
              {items.map((tie) => (
                <li key={tie.id}>
                  <Row tie={tie} one={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Section>
  );
}

function Row({ tie, one }: { tie: Tie; one: Stakeholder }) {
  const cold = tie.coldSince && `Gone cold on ${formatDate(tie.coldSince)}.`;
  const words = [cold, sentence(tie.reasons)].filter(Boolean).join(' ');
  return (
    <>
      <div className={classes.head}>
        <span className={classes.name}>{tie.accountName}</span>
        <BandTag band={tie.band} />
        {tie.score !== undefined && <span className={classes.words}>{tie.score} of 100</span>}
        {tie.left && <Tag tone="warn">Left</Tag>}
      </div>
      {tie.stakeholderId !== one.id && (
        <p className={classes.words}>
          By way of{' '}
          <TextLink to="/stakeholders/$id" params={{ id: tie.stakeholderId }}>
            {tie.stakeholderName}
          </TextLink>
        </p>
      )}
      {words && <p className={classes.words}>{words}</p>}
    </>
  );
}

/** Parts of a sentence as one: "2 meetings in 6 months …; 12 mails …" */
function sentence(reasons: string[]): string {
  const text = reasons.join('; ');
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
