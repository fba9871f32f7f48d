import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Giving, Stakeholder } from '@/shared/api/types';
import { formatMajorMoney, plural } from '@/shared/format/number';
import { useCurrency, useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { ButtonLink, TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import classes from './awards.module.css';
import { ByYear } from './ByYear';
import { givingOfDonorQuery } from './queries';
import { Receivers } from './Receivers';

const TITLE = 'What they fund';
const SHOWN = 5;

/** Whom a donor funds beside us, on the donor's page. */
export function GivingOfDonor({ one }: { one: Stakeholder }) {
  const giving = useQuery(givingOfDonorQuery(one.id));
  return (
    <Ready
      query={giving}
      loading={
        <Section title={TITLE}>
          <Skeleton height={230} />
        </Section>
      }
    >
      {(given) => (given.awards === 0 ? <None /> : <Given giving={given} />)}
    </Ready>
  );
}

function None() {
  const mayImport = useMay('funding:write');
  return (
    <Section title={TITLE}>
      <EmptyState
        title="No award of theirs has been imported."
        action={
          mayImport && (
            <ButtonLink to="/funding/funders/import" variant="default">
              Import awards
            </ButtonLink>
          )
        }
      />
    </Section>
  );
}

function Given({ giving }: { giving: Giving }) {
  const currency = useCurrency();
  const { awards, worth, sizes, members, recipients, known } = giving;
  return (
    <>
      <ByYear title={TITLE} giving={giving}>
        <p className={classes.known}>
          {plural(awards, 'award')}, {formatMajorMoney(worth, currency)} in all
          {sizes && `; half of them below ${formatMajorMoney(sizes.median, currency)}`}. As far as
          imported awards tell, under the name{known.length > 1 && 's'}{' '}
          {known.map((alias, i) => (
            <span key={alias.partyId}>
              {i > 0 && ', '}
              <TextLink to="/funding/funders/$id" params={{ id: alias.partyId }} underline="always">
                {alias.name}
              </TextLink>
            </span>
          ))}
          .
        </p>
      </ByYear>
      {members.length > 0 && (
        <Receivers title="Our members among their recipients" list={members} />
      )}
      <Receivers title="Who got most from them" list={recipients.slice(0, SHOWN)} />
    </>
  );
}
