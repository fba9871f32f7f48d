import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { administrator, emptyList, openApp, type Answers } from '@/testing/app';

const record = {
  id: 's1',
  rev: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  kind: 'person',
  name: 'Ioana Ionescu',
  sortName: 'ioana ionescu',
  roles: ['mep'],
  country: 'RO',
  emails: [{ address: 'ioana@example.org' }],
  phones: [],
  tags: [],
};

const around: Answers = {
  'GET /stakeholders': () => ({ body: emptyList }),
  'GET /threads': () => ({ body: emptyList }),
};

it('puts the server’s complaints beside their fields', async () => {
  openApp('/stakeholders/s1/edit', administrator, {
    ...around,
    'GET /stakeholders/s1': () => ({ body: record }),
    'PUT /stakeholders/s1': () => ({
      status: 422,
      problem: {
        detail: 'emails[0].address: “x” is not an e-mail address.',
        errors: [{ field: 'emails[0].address', message: '“x” is not an e-mail address.' }],
      },
    }),
  });
  const address = await screen.findByLabelText('Email address 1');
  await userEvent.clear(address);
  await userEvent.type(address, 'x');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('“x” is not an e-mail address.');
  expect(address.getAttribute('aria-invalid')).toBe('true');
});

it('shows what a colleague saved meanwhile and keeps mine on top of it', async () => {
  let theirs = record;
  const sent: { rev: string | null; body: unknown }[] = [];
  const { router } = openApp('/stakeholders/s1/edit', administrator, {
    ...around,
    'GET /stakeholders/s1': () => ({ body: theirs }),
    'PUT /stakeholders/s1': async (request) => {
      const rev = request.headers.get('If-Match');
      sent.push({ rev, body: await request.json() });
      if (rev === '"4"') return { body: { ...theirs, rev: 5 } };
      theirs = { ...record, rev: 4, country: 'LU' };
      return { status: 412, problem: { detail: 'Somebody has changed this record.' } };
    },
  });
  const name = await screen.findByLabelText(/^Name/);
  await userEvent.clear(name);
  await userEvent.type(name, 'Ioana I.');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('Luxembourg')).toBeTruthy();
  expect(within(dialog).getByText('Romania')).toBeTruthy();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Keep mine' }));

  await waitFor(() => expect(router.state.location.pathname).toBe('/stakeholders/s1'));
  expect(sent.map((one) => one.rev)).toEqual(['"3"', '"4"']);
  expect(sent[1]?.body).toMatchObject({ name: 'Ioana I.', country: 'LU' });
});

it('shows what belongs to a role with the role, and says what was wrong beside it', async () => {
  let sent: unknown;
  openApp('/stakeholders/s1/edit', administrator, {
    ...around,
    'GET /stakeholders/s1': () => ({ body: record }),
    'PUT /stakeholders/s1': async (request) => {
      sent = await request.json();
      return {
        status: 422,
        problem: {
          detail: 'A number is wrong.',
          errors: [
            { field: 'externalIds[0].value', message: 'A PIC has nine digits.' },
            { field: 'donor.sourceType', message: 'Your role does not allow this.' },
          ],
        },
      };
    },
  });
  await userEvent.type(await screen.findByLabelText('Political group'), 'Greens/EFA');
  expect(screen.queryByLabelText('Kind of purse')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Add a register number' }));
  await userEvent.selectOptions(screen.getByLabelText('Register of number 1'), 'pic');
  await userEvent.type(screen.getByLabelText('Number 1'), '12');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await screen.findByText('A PIC has nine digits.');
  expect(screen.getByLabelText('Number 1').getAttribute('aria-invalid')).toBe('true');
  // There is no input for this one, since it is no donor: it must not get lost.
  expect(screen.getByText(/Your role does not allow this/)).toBeTruthy();
  expect(sent).toMatchObject({
    mep: { group: 'Greens/EFA' },
    externalIds: [{ scheme: 'pic', value: '12' }],
  });
});
