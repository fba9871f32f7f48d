import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { administrator, openApp } from '@/testing/app';

const session = {
  ...administrator,
  permissions: ['stakeholders:read', 'advocacy:read', 'advocacy:write'],
};
const one = {
  id: 's1',
  rev: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  kind: 'person',
  name: 'Ioana Ionescu',
  sortName: 'ioana ionescu',
  roles: ['mep'],
  emails: [],
  phones: [],
  tags: [],
};

/** The dialog of the priorities, which a colleague may change behind it. */
async function openPriorities() {
  let now = { id: 'priorities', rev: 1, priorities: [{ id: 'a', name: 'Housing' }] };
  const { client } = openApp('/stakeholders/s1', session, {
    'GET /stakeholders/s1': () => ({ body: one }),
    'GET /stakeholders/s1/positions': () => ({ body: { items: [] } }),
    'GET /priorities': () => ({ body: now }),
    'PUT /priorities': async (request) => {
      if (request.headers.get('If-Match') !== `"${now.rev}"`) {
        return { status: 412, problem: { detail: 'The priorities have changed.' } };
      }
      const { priorities } = (await request.json()) as Pick<typeof now, 'priorities'>;
      if (priorities[0]?.name === '') {
        const complaint = { field: 'priorities[0].name', message: 'A name is needed.' };
        return { status: 422, problem: { detail: 'Refused.', errors: [complaint] } };
      }
      now = { ...now, priorities, rev: now.rev + 1 };
      return { body: now };
    },
  });
  const open = async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Priorities…' }));
    return screen.findByRole('dialog');
  };
  return {
    dialog: await open(),
    open,
    names: () => now.priorities.map(({ name }) => name),
    theySave: (name: string) => {
      now = { ...now, priorities: [{ id: 'a', name }], rev: now.rev + 1 };
    },
    lookAgain: () => client.invalidateQueries(),
  };
}

it('does not write over what a colleague saved, also where the page behind knows of it', async () => {
  const { dialog, open, names, theySave, lookAgain } = await openPriorities();
  theySave('Housing for all');
  await lookAgain();
  await userEvent.type(within(dialog).getByLabelText('Priority 1'), ' first');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await within(dialog).findByText('The priorities have changed.');
  expect(names()).toEqual(['Housing for all']);

  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const again = await open();
  expect(within(again).getByLabelText('Priority 1')).toHaveProperty('value', 'Housing for all');
});

it('begins anew from what a colleague saved, where the page behind did not know of it', async () => {
  const { dialog, open, theySave } = await openPriorities();
  theySave('Housing for all');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await within(dialog).findByText('The priorities have changed.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const again = await open();
  expect(within(again).getByLabelText('Priority 1')).toHaveProperty('value', 'Housing for all');
});

it('says beside a name what is wrong with it', async () => {
  const { dialog } = await openPriorities();
  const name = within(dialog).getByLabelText('Priority 1');
  await userEvent.clear(name);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await within(dialog).findByText('A name is needed.');
  expect(name.getAttribute('aria-invalid')).toBe('true');
});
