import type { DiligenceCase } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { Section } from '@/shared/ui/Page';
import { stepWords } from './words';
import classes from './diligence.module.css';

/** What was done with the case, the latest first. */
export function History({ one }: { one: DiligenceCase }) {
  return (
    <Section title="History">
      <ol className={classes.list} reversed>
        {one.history.toReversed().map((step, i) => (
          <li key={i}>
            {stepWords[step.what]}
            <div className={classes.mute}>
              {[step.by && one.names[step.by], formatDate(step.at.slice(0, 10))]
                .filter(Boolean)
                .join(', ')}
            </div>
            {step.note && <div className={classes.text}>{step.note}</div>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
