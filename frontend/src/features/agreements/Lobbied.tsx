import type { Tune, Tunes } from '@/shared/api/types';
import { formatShare, plural } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import classes from './agreements.module.css';
import { ShareYears } from './ShareYears';

/** How many bodies are named beside a donor. */
const NAMED = 3;

/** How much of the income comes from those whom we lobby: where a word of ours may cost money. */
export function LobbiedShare({ tunes }: { tunes: Tunes }) {
  if (!tunes.withShares || tunes.lobbiedShare === null) return null;
  return (
    <section className={classes.lobbiedShare} aria-label="Income from those whom we lobby">
      <div>
        <span className={classes.big}>{formatShare(tunes.lobbiedShare)}</span>
        <p className={classes.mute}>
          of the income of {tunes.labels[0]}–{tunes.labels.at(-1)} comes from donors whom we lobby
          too
        </p>
      </div>
      <ShareYears shares={tunes.lobbiedShares} labels={tunes.labels} />
    </section>
  );
}

/** Whom of the donor's own body we lobby, and how often we met them. */
export function LobbiedToo({ donor }: { donor: Tune }) {
  const { lobbied } = donor;
  if (lobbied.length === 0) return null;
  const more = lobbied.length - NAMED;
  return (
    <p className={classes.lobbied}>
      We lobby it too:{' '}
      {lobbied.slice(0, NAMED).map(({ id, name, met }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <TextLink to="/stakeholders/$id" params={{ id }}>
            {name}
          </TextLink>
          {met > 0 && ` (met ${plural(met, 'time')} within a year)`}
        </span>
      ))}
      {more > 0 && ` and ${plural(more, 'more part')} of it`}
    </p>
  );
}
