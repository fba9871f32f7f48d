import type { OpportunityPage, StageRule } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { Section } from '@/shared/ui/Page';
import classes from './pipeline.module.css';

/** Every change of stage, the newest first. */
export function StageLog({ one, rules }: { one: OpportunityPage; rules: StageRule[] }) {
  const nameOf = (stage: string) => rules.find((rule) => rule.stage === stage)?.name ?? stage;
  return (
    <Section title="Stages">
      <ol className={classes.lines}>
        {one.log.toReversed().map((move, i) => (
          <li key={one.log.length - i}>
            <span className={classes.grow}>
              {move.from && `${nameOf(move.from)} → `}
              <strong>{nameOf(move.to)}</strong>
              {move.note && <span className={classes.second}> {move.note}</span>}
            </span>
            <span className={classes.side}>{one.names[move.by]}</span>
            <span className={classes.side}>{formatDate(move.date)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
