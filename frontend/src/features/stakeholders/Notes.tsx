import type { Stakeholder } from '@/shared/api/types';
import { Section } from '@/shared/ui/Page';
import classes from './RecordPage.module.css';

export function Notes({ one }: { one: Stakeholder }) {
  return (
    <Section title="Notes">
      <p className={classes.notes}>{one.notes}</p>
    </Section>
  );
}
