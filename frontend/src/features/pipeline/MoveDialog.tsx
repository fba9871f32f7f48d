import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { today } from '@/shared/format/date';
import { lostReasonWords, options } from '@/shared/format/words';
import { Dialog } from '@/shared/ui/Dialog';
import type { Move } from './queries';
import type { Pending } from './useMoving';

interface MoveDialogProps {
  pending: Pending | null;
  answer: (rest: Pick<Move, 'note' | 'on' | 'lost'>) => void;
  cancel: () => void;
}

const titles: Record<Pending['question'], (pending: Pending) => string> = {
  lost: ({ to, one }) => `${to.name}: ${one.title}`,
  reopen: ({ one }) => `Open again: ${one.title}`,
  confirm: ({ to, one }) => `${to.name}: ${one.title}`,
};

/** Asks for what a closed stage wants to know, or why a closed opportunity is opened again. */
export function MoveDialog({ pending, answer, cancel }: MoveDialogProps) {
  return (
    <Dialog
      opened={pending !== null}
      onClose={cancel}
      title={pending && titles[pending.question](pending)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {pending && <Questions pending={pending} answer={answer} cancel={cancel} />}
    </Dialog>
  );
}

function Questions({ pending, answer, cancel }: MoveDialogProps & { pending: Pending }) {
  const { question, to } = pending;
  const [reason, setReason] = useState('');
  const [text, setText] = useState('');
  const [on, setOn] = useState(today());
  const [tried, setTried] = useState(false);
  const lost = question === 'lost';
  const wrong = {
    reason: lost && !reason && 'Say why nothing came of it.',
    text:
      (lost && reason === 'other' && !text.trim() && 'Say in words what the reason is.') ||
      (question === 'reopen' && !text.trim() && 'Say why it is opened again.'),
  };
  const submit = () => {
    setTried(true);
    if (wrong.reason || wrong.text) return;
    const note = text.trim() || undefined;
    if (lost) answer({ on, lost: { reason: reason as LostReason, ...(note && { text: note }) } });
    else answer({ on, ...(note && { note }) });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        {lost && (
          <NativeSelect
            label="Reason"
            required
            data-autofocus
            data={[{ value: '', label: 'Choose…' }, ...options(lostReasonWords)]}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={tried && wrong.reason}
          />
        )}
        <Textarea
          label={lost ? 'In words' : 'Note'}
          required={question === 'reopen' || reason === 'other'}
          autosize
          minRows={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={tried && wrong.text}
        />
        <TextInput
          type="date"
          label="Day"
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
          <Button type="submit">Move to {to.name.toLowerCase()}</Button>
        </Group>
      </Stack>
    </form>
  );
}

type LostReason = NonNullable<Move['lost']>['reason'];
