import { useQuery } from '@tanstack/react-query';
import type { Agreement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { earmarkingWords, restrictionWords, say, sourceTypeWords } from '@/shared/format/words';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { Fact, Facts } from '@/shared/ui/Facts';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { formatPoints } from './words';
import { useCurrency } from '@/shared/session/session';
import { formatRateDays, formatRates } from '@/shared/format/rate';

export function AgreementFacts({ one }: { one: Agreement }) {
  const owner = useQuery(colleaguesQuery).data?.get(one.ownerId ?? '');
  const { passThrough, coFinancing, overhead } = one;
  const through = one.ultimateDonorId !== one.donorId;
  const lead = passThrough.leadId;
  const rates = formatRates(one);
  return (
    <Section title="Facts">
      <Facts>
        <Fact name="Contract number">{one.number}</Fact>
        <Fact name="Donor">
          <StakeholderLink id={one.donorId} name={one.donorName} />
        </Fact>
        <Fact name="Money of">
          {through && <StakeholderLink id={one.ultimateDonorId} name={one.ultimateDonorName} />}
        </Fact>
        <Fact name="Passed on by">{lead && <StakeholderLink id={lead} name={one.leadName} />}</Fact>
        <Fact name="The way it takes">{passThrough.chain}</Fact>
        <Fact name="Amount">{formatMoney(one.amount)}</Fact>
        <Fact name={`In ${useCurrency()}`}>
          {one.worth && rates && (
            <>
              {formatMoney(one.worth)} at {rates}, {formatRateDays(one)}
            </>
          )}
        </Fact>
        <Fact name="Signed">{formatDate(one.signedOn)}</Fact>
        <Fact name="Term">
          {one.from && `${formatDate(one.from)} – ${formatDate(one.to) || '…'}`}
        </Fact>
        <Fact name="Closed">{formatDate(one.closedOn)}</Fact>
        <Fact name="Co-financing">
          {[formatPoints(coFinancing.points), formatMoney(coFinancing.amount)]
            .filter(Boolean)
            .join(', ')}
        </Fact>
        {[overhead.points, overhead.cap, overhead.rule].some(Boolean) && (
          <Fact name="Overhead">
            {[
              formatPoints(overhead.points),
              overhead.cap && `at most ${formatPoints(overhead.cap)}`,
            ]
              .filter(Boolean)
              .join(', ')}
            {overhead.rule && <div style={{ color: 'var(--mute)' }}>{overhead.rule}</div>}
          </Fact>
        )}
        <Fact name="Earmarking">{say(earmarkingWords, one.earmarking)}</Fact>
        <Fact name="Restriction">{say(restrictionWords, one.restriction)}</Fact>
        <Fact name="Source">
          {say(sourceTypeWords, one.sourceType)}
          {one.operatingGrant && ', operating grant'}
        </Fact>
        <Fact name="Programme">{one.programme}</Fact>
        <Fact name="Renews">
          {one.renewalOf && (
            <TextLink to="/funding/agreements/$id" params={{ id: one.renewalOf }}>
              {one.renewalOfTitle ?? 'an earlier agreement'}
            </TextLink>
          )}
        </Fact>
        <Fact name="Awarded from">
          {one.opportunityId && one.opportunityTitle && (
            <TextLink to="/pipeline/$id" params={{ id: one.opportunityId }}>
              {one.opportunityTitle}
            </TextLink>
          )}
        </Fact>
        <Fact name="Looked after by">{owner}</Fact>
        <Fact name="Notes">
          {one.notes && <span style={{ whiteSpace: 'pre-wrap' }}>{one.notes}</span>}
        </Fact>
      </Facts>
    </Section>
  );
}
