import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Agreement, Requirement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { Section } from '@/shared/ui/Page';
import { Tag } from '@/shared/ui/Tag';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { Proposals } from './Proposals';
import { RequirementDialog } from './RequirementDialog';
import { RequirementMenu } from './RequirementMenu';
import { requirementKindWords, requirementStateWords, requirementTones } from './words';
import classes from './agreements.module.css';

/** What we owe under an agreement besides the work itself. */
export function Requirements({ one, mayWrite }: { one: Agreement; mayWrite: boolean }) {
  const [open, setOpen] = useState<{ part: Requirement | null } | null>(null);
  const names = useQuery(colleaguesQuery).data;
  return (
    <Section
      title="Requirements"
      aside={one.overdue > 0 && <Tag tone="bad">{one.overdue} overdue</Tag>}
      actions={
        mayWrite && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setOpen({ part: null })}
          >
            Add requirement
          </Button>
        )
      }
    >
      {one.requirements.length === 0 && (
        <p className={classes.mute}>No report, audit or other duty is written down yet.</p>
      )}
      <ul className={classes.rows} aria-label="Requirements">
        {one.requirements.map((part) => (
          <li key={part.id} className={classes.row}>
            <div className={classes.rowText}>
              <strong style={{ fontWeight: 600 }}>{part.title}</strong>
              <div className={classes.mute}>
                {[
                  requirementKindWords[part.kind],
                  `due ${formatDate(part.due)}`,
                  names?.get(part.ownerId ?? ''),
                  part.submittedOn && `submitted ${formatDate(part.submittedOn)}`,
                  part.decidedOn && `decided ${formatDate(part.decidedOn)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
              {part.note && <div className={classes.mute}>{part.note}</div>}
            </div>
            <StateOf part={part} today={one.today} />
            {mayWrite && <RequirementMenu one={one} part={part} onEdit={() => setOpen({ part })} />}
          </li>
        ))}
      </ul>
      {mayWrite && <Proposals one={one} />}
      {open && <RequirementDialog one={one} part={open.part} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function StateOf({ part, today }: { part: Requirement; today: string }) {
  const owed = part.state === 'open' || part.state === 'rejected';
  return (
    <span>
      {owed && part.due < today && <Tag tone="bad">Overdue</Tag>}{' '}
      {part.state !== 'open' && (
        <Tag tone={requirementTones[part.state]}>{requirementStateWords[part.state]}</Tag>
      )}
    </span>
  );
}
