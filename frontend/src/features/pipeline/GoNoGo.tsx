import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OpportunityPage } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { useMay } from '@/shared/session/session';
import { Section } from '@/shared/ui/Page';
import { Tag } from '@/shared/ui/Tag';
import { GoNoGoDialog } from './GoNoGoDialog';
import classes from './pipeline.module.css';

/** The recorded decision whether to ask at all: who, when, why, and what was weighed. */
export function GoNoGo({ one }: { one: OpportunityPage }) {
  const [open, setOpen] = useState(false);
  const mayWrite = useMay('funding:write');
  const { goNoGo } = one;
  return (
    <Section
      title="Go or no-go"
      actions={
        mayWrite && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {goNoGo ? 'Change' : 'Record the decision'}
          </Button>
        )
      }
    >
      {goNoGo ? (
        <>
          <p className={classes.text}>
            <Tag tone={goNoGo.decision === 'go' ? 'good' : 'bad'}>
              {goNoGo.decision === 'go' ? 'Go' : 'No-go'}
            </Tag>{' '}
            {formatDate(goNoGo.date)}, {goNoGo.by.map((id) => one.names[id]).join(', ')}
          </p>
          <p className={classes.text}>{goNoGo.reasons}</p>
          <ul className={classes.lines}>
            {goNoGo.criteria.map((criterion) => (
              <li key={criterion.name}>
                <span className={classes.grow}>{criterion.name}</span>
                <span className={classes.side}>{criterion.score} of 5</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className={classes.hint}>Nobody has decided yet whether to ask.</p>
      )}
      {open && <GoNoGoDialog one={one} onClose={() => setOpen(false)} />}
    </Section>
  );
}
