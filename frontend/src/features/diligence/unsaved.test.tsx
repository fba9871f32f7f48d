import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { administrator, openApp, type Answers } from '@/testing/app';

const one = {
  id: 'c1',
  rev: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  today: '2026-02-01',
  state: 'open',
  name: 'Fund',
  sortName: 'fund',
  donorName: 'Fund',
  stakeholderId: 's1',
  openedOn: '2026-01-01',
  policyVersion: 1,
  questions: [{ id: 'q1', text: 'Who owns it?' }],
  answers: [],
  documents: [],
  history: [],
  notes: 'As it was.',
  names: {},
  concerns: 0,
  unanswered: 1,
  mayAgree: false,
  standing: { state: 'open', screening: { state: 'clear', possible: 0 } },
};
const session = {
  ...administrator,
  permissions: [
    ...administrator.permissions,
    'funding:read',
    'funding:write',
  ] as typeof administrator.permissions,
};

/** A server with one case, which anybody may change behind the form. */
function openCase() {
  let now = one;
  const answers: Answers = {
    'GET /diligence/cases/c1': () => ({ body: now }),
    'GET /diligence/hits': () => ({ body: { items: [], total: 0 } }),
    'PUT /diligence/cases/c1': async (request) => {
      if (request.headers.get('If-Match') !== `"${now.rev}"`) {
        return { status: 412, problem: { detail: 'Somebody has changed this record.' } };
      }
      const { notes } = (await request.json()) as { notes: string };
      now = { ...now, notes, rev: now.rev + 1 };
      return { body: now };
    },
  };
  const { client } = openApp('/funding/diligence/c1', session, answers);
  return {
    theySave: (change: Partial<typeof one>) => {
      now = { ...now, ...change, rev: now.rev + 1 };
    },
    lookAgain: () => client.invalidateQueries(),
  };
}

const notes = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Notes' });
const behind = 'The case has changed meanwhile, so this cannot be saved.';
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

it('follows what others save while nothing is typed', async () => {
  const { theySave, lookAgain } = openCase();
  expect((await notes()).value).toBe('As it was.');
  theySave({ notes: 'Theirs.' });
  await lookAgain();
  await screen.findByDisplayValue('Theirs.');
  expect(screen.queryByText(behind)).toBeNull();
});

it('keeps what is typed when the case is read again, and says that it cannot be saved', async () => {
  const { theySave, lookAgain } = openCase();
  await userEvent.type(await notes(), ' Mine.');
  theySave({ notes: 'Theirs.' });
  await lookAgain();
  await screen.findByText(behind);
  expect((await notes()).value).toBe('As it was. Mine.');
  expect(button('Save answers').disabled).toBe(true);

  await userEvent.click(button('Drop mine, show theirs'));
  await screen.findByDisplayValue('Theirs.');
  expect(screen.queryByText(behind)).toBeNull();
});

it('keeps what is typed when a save is refused because somebody was quicker', async () => {
  const { theySave } = openCase();
  await userEvent.type(await notes(), ' Mine.');
  theySave({ notes: 'Theirs.' });
  await userEvent.click(button('Save answers'));
  await screen.findByText(behind);
  expect((await notes()).value).toBe('As it was. Mine.');
});

it('keeps what is typed when a colleague decides the case', async () => {
  const { theySave, lookAgain } = openCase();
  await userEvent.type(await notes(), ' Mine.');
  theySave({ state: 'replaced' });
  await lookAgain();
  await screen.findByText(behind);
  expect((await notes()).value).toBe('As it was. Mine.');
});

it('proposes nothing on answers that are not saved', async () => {
  openCase();
  await userEvent.type(await notes(), ' Mine.');
  expect(button('Propose a decision').disabled).toBe(true);
  await screen.findByText('Save the answers first.');

  await userEvent.click(button('Save answers'));
  await waitFor(() => expect(button('Propose a decision').disabled).toBe(false));
  expect((await notes()).value).toBe('As it was. Mine.');
  expect(screen.queryByText(behind)).toBeNull();
});
