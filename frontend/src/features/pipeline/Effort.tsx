import { ActionIcon, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconX } from '@tabler/icons-react';
import type { Effort as Entry, OpportunityPage } from '@/shared/api/types';
import { formatDate, today } from '@/shared/format/date';
import { plural } from '@/shared/format/number';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { useMay, useSession } from '@/shared/session/session';
import { Section } from '@/shared/ui/Page';
import { sayFailed } from '@/shared/ui/say';
import classes from './pipeline.module.css';
import { useChange } from './queries';

/** The work that asking has cost, in days, and a line to add more. */
export function Effort({ one }: { one: OpportunityPage }) {
  const mayWrite = useMay('funding:write');
  const change = useChange(one.id);
  const set = (effort: Entry[], onSuccess?: () => void) =>
    change.mutate(
      { rev: one.rev, change: { effort } },
      { onError: sayFailed, ...(onSuccess && { onSuccess }) },
    );
  return (
    <Section title="Effort" aside={plural(one.effortQuarters / 4, 'day')}>
      <ul className={classes.lines}>
        {one.effort.map((entry, i) => (
          <li key={i}>
            <span className={classes.grow}>{entry.note ?? 'Work on it'}</span>
            <span className={classes.side}>{one.names[entry.accountId]}</span>
            <span className={classes.side}>{formatDate(entry.date)}</span>
            <span className={classes.side}>{plural(entry.quarters / 4, 'day')}</span>
            {mayWrite && (
              <ActionIcon
                size="sm"
                aria-label={`Remove the effort of ${formatDate(entry.date)}`}
                disabled={change.isPending}
                onClick={() => set(one.effort.filter((_, at) => at !== i))}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <AddEffort
          busy={change.isPending}
          onAdd={(entry, done) => set([...one.effort, entry], done)}
        />
      )}
    </Section>
  );
}

interface AddEffortProps {
  busy: boolean;
  onAdd: (entry: Entry, done: () => void) => void;
}

function AddEffort({ busy, onAdd }: AddEffortProps) {
  const { account } = useSession();
  const form = useForm({
    initialValues: { date: today(), days: 0.5 as number | string, note: '' },
  });
  return (
    <form
      className={classes.entry}
      aria-label="Add effort"
      onSubmit={form.onSubmit(({ date, days, note }) =>
        onAdd(
          {
            date,
            quarters: Math.max(1, Math.round(Number(days) * 4)),
            accountId: account.id,
            ...(note.trim() && { note: note.trim() }),
          },
          () => form.setFieldValue('note', ''),
        ),
      )}
    >
      <TextInput type="date" label="Day" {...form.getInputProps('date')} />
      <NumberInput label="Days" min={0.25} step={0.25} {...form.getInputProps('days')} />
      <TextInput label="What for" {...form.getInputProps('note')} />
      <SubmitButton variant="default" busy={busy}>
        Add
      </SubmitButton>
    </form>
  );
}
