import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Tune, Tunes } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatShare, plural } from '@/shared/format/number';
import { FundingNav } from '@/shared/funding/FundingNav';
import { EmptyState, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Attached } from './Attached';
import { LobbiedToo, LobbiedShare } from './Lobbied';
import { tunesQuery } from './queries';
import { ShareYears } from './ShareYears';
import classes from './agreements.module.css';

const route = getRouteApi('/house/funding/strings');

/** How many donors without strings are shown at first. */
const FEW = 8;

/** Who calls which tune: what each donor attaches, beside its share of the income over the years. */
export function TunesPage() {
  const { view = 'ultimate', lobbied = false } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(tunesQuery(view));
  return (
    <Page
      title="Strings"
      actions={
        <>
          <SegmentedControl
            aria-label="By which donor"
            data={[
              { value: 'ultimate', label: 'Ultimate donor' },
              { value: 'direct', label: 'Direct donor' },
            ]}
            value={view}
            onChange={(value) =>
              void navigate({
                search: (old) => ({ ...old, view: value === 'direct' ? 'direct' : undefined }),
                replace: true,
              })
            }
          />
          <ExportButton path="/strings.csv" query={{}} />
        </>
      }
    >
      <FundingNav />
      <Ready query={query}>
        {(tunes) => (
          <>
            <LobbiedShare tunes={tunes} />
            <Switch
              label="Only donors whom we lobby too"
              checked={lobbied}
              onChange={({ currentTarget: { checked } }) =>
                void navigate({
                  search: (old) => ({ ...old, lobbied: checked || undefined }),
                  replace: true,
                })
              }
              mb="md"
            />
            <Picture
              key={String(lobbied)}
              tunes={
                lobbied
                  ? { ...tunes, donors: tunes.donors.filter(({ id }) => lobbiedIn(tunes, id)) }
                  : tunes
              }
              only={lobbied}
            />
          </>
        )}
      </Ready>
    </Page>
  );
}

function Picture({ tunes, only }: { tunes: Tunes; only: boolean }) {
  const [whole, setWhole] = useState(false);
  if (tunes.donors.length === 0) {
    return only ? (
      <EmptyState title="Nobody who pays us is lobbied by us.">
        Whom we lobby is told by the roles of stakeholders: intergovernmental organisation,
        government, member of parliament. A body counts with all its parts.
      </EmptyState>
    ) : (
      <EmptyState title="No string is written down yet.">
        What a donor attaches to its money is added on the page of the agreement.
      </EmptyState>
    );
  }
  const free = tunes.donors.filter(({ strings }) => strings.length === 0);
  const hidden = whole ? [] : free.slice(FEW);
  return (
    <>
      <p className={classes.mute} style={{ margin: 0 }}>
        {tunes.withShares
          ? `Share of the income of ${tunes.labels[0]}–${tunes.labels.at(-1)}, cash received, as of ${formatDate(tunes.asOf)}, beside what each donor asks for in return.`
          : 'What each donor asks for in return.'}{' '}
        One dot is a light string, two are firm, three are grave.
      </p>
      <ul className={classes.tunes} aria-label="Donors and their strings">
        {tunes.donors
          .filter((donor) => !hidden.includes(donor))
          .map((donor) => (
            <TuneRow key={donor.id} donor={donor} tunes={tunes} />
          ))}
      </ul>
      {hidden.length > 0 && (
        <Button variant="default" mt="md" onClick={() => setWhole(true)}>
          Show {plural(hidden.length, 'more donor')} without strings
        </Button>
      )}
    </>
  );
}

const lobbiedIn = (tunes: Tunes, id: string) => tunes.lobbying.donors.find((one) => one.id === id);

function TuneRow({ donor, tunes }: { donor: Tune; tunes: Tunes }) {
  const lobbied = lobbiedIn(tunes, donor.id);
  return (
    <li className={classes.tune}>
      <div>
        <TextLink
          to="/stakeholders/$id"
          params={{ id: donor.id }}
          className={classes.donor}
          c="inherit"
        >
          {donor.name}
        </TextLink>
        {tunes.withShares && (
          <div className="num">
            <span className={classes.big}>{formatShare(donor.share)}</span>{' '}
            <span className={classes.mute}>of all years</span>
          </div>
        )}
      </div>
      {tunes.withShares ? <ShareYears shares={donor.shares} labels={tunes.labels} /> : <span />}
      <div>
        {lobbied && <LobbiedToo donor={lobbied} />}
        {donor.strings.length === 0 ? (
          <span className={classes.mute}>Attaches nothing that is written down.</span>
        ) : (
          <ul className={classes.attached} aria-label={`Strings of ${donor.name}`}>
            {donor.strings.map((string) => (
              <Attached key={string.id} string={string} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
