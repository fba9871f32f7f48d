import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { AwardParty, Giving } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { useMay } from '@/shared/session/session';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { EmptyState, ErrorState, LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { AwardsList } from './AwardsList';
import classes from './awards.module.css';
import { ByYear } from './ByYear';
import { Headline } from './Headline';
import { LinkDialog } from './LinkDialog';
import { funderQuery, givingQuery } from './queries';
import { Countries, Receivers } from './Receivers';
import { howWords } from './words';

const route = getRouteApi('/house/funding/funders/$id');

/** Whom a funder funds, how much, when and where, as far as imported awards tell. */
export function FunderPage() {
  const { id } = route.useParams();
  const party = useQuery(funderQuery(id));
  const giving = useQuery(givingQuery(id));
  if (party.isPending) return <LoadingPage />;
  if (!party.data) return <ErrorState error={party.error} onRetry={() => void party.refetch()} />;
  const { name, country, orgId } = party.data;
  return (
    <Page
      title={name}
      aside={[countryName(country), orgId].filter(Boolean).join(' · ')}
      back={
        <TextLink to="/funding/funders">
          <BackLabel>Funders</BackLabel>
        </TextLink>
      }
    >
      <Who party={party.data} />
      <Ready query={giving}>
        {(given) =>
          given.awards === 0 ? (
            <EmptyState title="No award of theirs is there any more.">
              The import that brought them was taken back.
            </EmptyState>
          ) : (
            <Given id={id} giving={given} />
          )
        }
      </Ready>
    </Page>
  );
}

/** Which stakeholder a funder is, and how that is known. */
function Who({ party }: { party: AwardParty }) {
  const mayWrite = useMay('funding:write');
  const [asking, setAsking] = useState(false);
  const { is, how, stakeholder, nobody } = party;
  return (
    <div className={classes.who}>
      {is ? (
        <>
          Our stakeholder <StakeholderLink id={is} name={stakeholder} />
          {how && <span className={classes.mute}>{howWords[how]}</span>}
        </>
      ) : (
        <span className={classes.mute}>
          {nobody
            ? 'None of our stakeholders, as a colleague has said.'
            : 'Not known to be one of our stakeholders.'}
        </span>
      )}
      {mayWrite && (
        <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
          {is || nobody ? 'Change' : 'Say who it is'}
        </Button>
      )}
      {asking && <LinkDialog party={party} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Given({ id, giving }: { id: string; giving: Giving }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <Headline giving={giving} />
      <ByYear title="By year" giving={giving} />
      {giving.members.length > 0 && (
        <Receivers title="Our members among the recipients" list={giving.members} />
      )}
      <div className={classes.pair}>
        <Receivers title="Who got most" list={giving.recipients} />
        <Countries list={giving.countries} />
      </div>
      <AwardsList
        funderId={id}
        giving={giving}
        search={search}
        onChange={(next) =>
          void navigate({
            search: (old) => ({ ...old, rows: undefined, ...next }),
            replace: true,
            resetScroll: false,
          })
        }
        onDeeper={(rows) =>
          void navigate({
            search: (old) => ({ ...old, rows }),
            replace: true,
            resetScroll: false,
          })
        }
      />
    </>
  );
}
