import type { CallPage } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import { When } from '@/shared/ui/When';
import classes from './calls.module.css';

/** What the source changed since we first saw the call, newest first. */
export function ChangeLog({ call }: { call: CallPage }) {
  const changes = [...call.changes].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Section title="Changes">
      <ol className={classes.timeline}>
        {changes.map((change, i) => (
          <li key={`${change.at}-${i}`}>
            <When at={change.at} />
            {change.sentence}
          </li>
        ))}
        <li>
          <When at={call.firstSeenAt} />
          First seen{changes.length === 0 && '; nothing has changed since'}.
        </li>
      </ol>
    </Section>
  );
}
