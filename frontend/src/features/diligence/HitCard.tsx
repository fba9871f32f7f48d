import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SanctionHit, Stakeholder } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { useMay } from '@/shared/session/session';
import { Tag } from '@/shared/ui/Tag';
import { JudgeDialog } from './JudgeDialog';
import { SideBySide } from './SideBySide';
import { hitTones, hitWords, identifierWords } from './words';
import classes from './diligence.module.css';

interface HitCardProps {
  hit: SanctionHit;
  donor: Stakeholder | undefined;
}

/** One entry of the list that may be the donor, and what was said of it. */
export function HitCard({ hit, donor }: HitCardProps) {
  const mayJudge = useMay('funding:write') && !hit.gone;
  const [judging, setJudging] = useState(false);
  return (
    <article className={classes.hit} aria-label={hit.title}>
      <div className={classes.hitHead}>
        <h3>{hit.title}</h3>
        <Tag tone={hitTones[hit.state]}>{hitWords[hit.state]}</Tag>
        {hit.gone && <Tag tone="mute">No longer on the list</Tag>}
        <span className={classes.mute}>
          {hit.bears ? 'bears the name of a listed person' : `names ${hit.score} % alike`}
        </span>
        {mayJudge && (
          <Button
            className={classes.push ?? ''}
            size="xs"
            variant={hit.state === 'possible' ? 'filled' : 'default'}
            onClick={() => setJudging(true)}
          >
            {hit.state === 'possible' ? 'Judge' : 'Judge again'}
          </Button>
        )}
      </div>
      <ul className={classes.reasons} aria-label="Why the names are alike">
        {hit.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <SideBySide hit={hit} donor={donor} />
      <Said hit={hit} />
      {judging && <JudgeDialog hit={hit} onClose={() => setJudging(false)} />}
    </article>
  );
}

function Said({ hit }: { hit: SanctionHit }) {
  const said = hit.judgement ?? hit.earlier;
  if (!said) return null;
  return (
    <div className={classes.said}>
      {!hit.judgement && (
        <div className={classes.mute}>The entry has changed since this was said:</div>
      )}
      <strong>{hitWords[said.state]}.</strong> {said.reason}
      <div className={classes.mute}>
        {identifierWords[said.identifier.kind]}: ours {said.identifier.ours}; on the list{' '}
        {said.identifier.theirs} · {[hit.by, formatDate(said.on)].filter(Boolean).join(', ')}
      </div>
    </div>
  );
}
