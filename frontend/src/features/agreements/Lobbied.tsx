import type { LobbiedDonor, Tunes } from '@/shared/api/types';
import { formatShare, plural } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import classes from './agreements.module.css';
import { ShareYears } from './ShareYears';

/** How many bodies are named beside a donor. */
const NAMED = 3;

/** How much of the income comes from those whom we lobby: where a word of ours may cost money. */
export function LobbiedShare({ tunes }: { tunes: Tunes }) {
  const { share, shares } = tunes.lobbying;
  if (!tunes.withShares || share === null) return null;
  return (
    <section className={classes.lobbiedShare} aria-label="Income from those whom we lobby">
      <div>
        <span className={classes.big}>{formatShare(share)}</span>
        <p className={classes.mute}>
          of the income of {tunes.labels[0]}–{tunes.labels.at(-1)} comes from donors whom we lobby
          too
        </p>
      </div>
      <ShareYears shares={shares} labels={tunes.labels} />
    </section>
  );
}

/** Which parts of the donor's own body we lobby, and how often we met anybody of it. */
export function LobbiedToo({ donor: { parts, met } }: { donor: LobbiedDonor }) {
  const bodies = parts.filter(({ body }) => body);
  const named = (bodies.length > 0 ? bodies : parts).slice(0, NAMED);
  const more = parts.length - named.length;
  return (
    <p className={classes.lobbied}>
      We lobby it too:{' '}
      {named.map(({ id, name }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <TextLink to="/stakeholders/$id" params={{ id }} underline="always">
            {name}
          </TextLink>
        </span>
      ))}
      {more > 0 && ` and ${plural(more, 'more part')} of it`}
      {met > 0 && <> · met {plural(met, 'time')} within a year</>}
    </p>
  );
}
