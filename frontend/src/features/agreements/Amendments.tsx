import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Agreement, Amendment } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { formatMoney } from '@/shared/format/number';
import { say } from '@/shared/format/words';
import { Section } from '@/shared/ui/Page';
import { AmendDialog } from './AmendDialog';
import { instalmentKindWords } from './words';
import classes from './agreements.module.css';

/** What has been changed since it was signed, and the way back to any day. */
export function Amendments({ one, mayWrite }: { one: Agreement; mayWrite: boolean }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  if (!one.signedOn) return null;
  return (
    <Section
      title="Amendments"
      actions={
        mayWrite && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setOpen(true)}
          >
            Amend
          </Button>
        )
      }
    >
      {one.amendments.length === 0 ? (
        <p className={classes.mute}>It stands as it was signed.</p>
      ) : (
        <ol className={classes.rows} aria-label="Amendments">
          {one.amendments.map((amendment) => (
            <li key={amendment.id} className={classes.row}>
              <span className={classes.day}>{formatDate(amendment.on)}</span>
              <div className={classes.rowText}>
                <strong style={{ fontWeight: 600 }}>
                  No. {amendment.number}: {amendment.reason}
                </strong>
                {amendment.changes.map((change, i) => (
                  <div key={i} className={classes.mute}>
                    {describe(change)}
                  </div>
                ))}
              </div>
            </li>
          ))}
        </ol>
      )}
      <TextInput
        type="date"
        label="See it as it stood on"
        size="xs"
        mt="sm"
        w={180}
        min={one.signedOn}
        max={one.today}
        onChange={(event) => {
          const on = event.currentTarget.value;
          if (on) void navigate({ to: '.', search: { on } });
        }}
      />
      {open && <AmendDialog one={one} onClose={() => setOpen(false)} />}
    </Section>
  );
}

type Change = Amendment['changes'][number];

const names: Record<Change['what'], string> = {
  from: 'Begins',
  to: 'Ends',
  amount: 'Amount',
  instalment: 'Instalment',
};

function describe({ what, old, new: now, oldAmount, newAmount }: Change): string {
  if (what !== 'instalment') {
    const pair =
      what === 'amount'
        ? [formatMoney(oldAmount), formatMoney(newAmount)]
        : [formatDate(old), formatDate(now)];
    return pair[0] || pair[1]
      ? `${names[what]}: ${pair[0] || 'nothing'} → ${pair[1] || 'nothing'}`
      : names[what];
  }
  const part = (text: string | undefined, amount: Change['oldAmount']) => {
    const [kind = '', day = ''] = (text ?? '').split(' ');
    return text
      ? [say(instalmentKindWords, kind), formatDate(day), formatMoney(amount)]
          .filter(Boolean)
          .join(', ')
      : 'none';
  };
  return `${names[what]}: ${part(old, oldAmount)} → ${part(now, newAmount)}`;
}
