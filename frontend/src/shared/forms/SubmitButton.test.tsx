import { MantineProvider, TextInput } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { SubmitButton } from './SubmitButton';

/** A form that is refused when `answer` comes, with a word for a field or without. */
function Refused({ field, answer }: { field: boolean; answer: Promise<void> }) {
  const [state, setState] = useState<'new' | 'sent' | 'refused'>('new');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setState('sent');
        void answer.then(() => setState('refused'));
      }}
    >
      <TextInput label="Name" />
      <TextInput label="Amount" error={state === 'refused' && field && 'is no amount'} />
      <SubmitButton busy={state === 'sent'}>Save</SubmitButton>
      <p>{state}</p>
    </form>
  );
}

async function press(field: boolean) {
  const held: (() => void)[] = [];
  const answer = new Promise<void>((done) => held.push(done));
  render(
    <MantineProvider env="test">
      <Refused field={field} answer={answer} />
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('sent');
  // The test's browser leaves the focus on a button that is switched off; a real one does not.
  (document.activeElement as HTMLElement | null)?.blur();
  for (const done of held) done();
  await screen.findByText('refused');
}

it('leads to the field that was refused', async () => {
  await press(true);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Amount')));
});

it('takes the focus back where no field was refused', async () => {
  await press(false);
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Save' })),
  );
});
