import { conditionOf } from '@/shared/list/filter/tree';
import { Anchor } from '@mantine/core';
import { apiUrl } from '@/shared/api/client';
import type { Stakeholder } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { Fact, Facts } from '@/shared/ui/Facts';
import { TextLink } from '@/shared/ui/links';
import { Tag, Tags } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import { DetailFacts } from './DetailFacts';
import classes from './RecordPage.module.css';

/** How to reach them, and what is known in single words. */
export function ContactFacts({ one }: { one: Stakeholder }) {
  return (
    <section aria-label="Details">
      <Facts>
        <Fact name="Email">
          {one.emails.length > 0 && (
            <ul className={classes.plain}>
              {one.emails.map((email) => (
                <li key={email.address}>
                  <Anchor href={`mailto:${email.address}`}>{email.address}</Anchor>
                  {email.label && <span className={classes.side}> {email.label}</span>}
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="Phone">
          {one.phones.length > 0 && (
            <ul className={classes.plain}>
              {one.phones.map((phone) => (
                <li key={phone.number}>
                  <Anchor href={`tel:${phone.number.replace(/\s/g, '')}`}>{phone.number}</Anchor>
                  {phone.label && <span className={classes.side}> {phone.label}</span>}
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="Website">
          {one.website && (
            <Anchor href={webAddress(one.website)} target="_blank" rel="noreferrer">
              {one.website.replace(/^https?:\/\//, '').replace(/\/$/, '')}
            </Anchor>
          )}
        </Fact>
        <Fact name="Country">{countryName(one.country)}</Fact>
        <Fact name="Tags">
          {one.tags.length > 0 && (
            <Tags>
              {one.tags.map((tag) => (
                <TextLink
                  key={tag}
                  to="/stakeholders"
                  search={{ where: conditionOf('tags', 'has', tag) }}
                  underline="never"
                >
                  <Tag>{tag}</Tag>
                </TextLink>
              ))}
            </Tags>
          )}
        </Fact>
        <DetailFacts one={one} />
        <Fact name="vCard">
          <Anchor href={apiUrl(`/stakeholders/${one.id}/card.vcf`)} download>
            Download
          </Anchor>
        </Fact>
        <Fact name="Added">
          <When at={one.createdAt} />
        </Fact>
        <Fact name="Changed">
          <When at={one.updatedAt} />
        </Fact>
      </Facts>
    </section>
  );
}

/** Only web addresses become links; anything else that was typed leads nowhere. */
function webAddress(typed: string): string | undefined {
  if (/^https?:\/\//i.test(typed)) return typed;
  return /^[a-z]+:/i.test(typed) ? undefined : `https://${typed}`;
}
