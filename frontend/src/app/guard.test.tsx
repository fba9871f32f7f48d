import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { administrator, board, emptyList, openApp } from '@/testing/app';

it('leads to the sign-in page and from there back to where one wanted to go', async () => {
  let signedIn = false;
  const { router } = openApp('/stakeholders?role=donor', null, {
    'GET /session': () =>
      signedIn ? { body: administrator } : { status: 401, problem: { detail: 'Please sign in.' } },
    'POST /session': async (request) => {
      expect(await request.json()).toEqual({ email: 'anna@example.org', password: 'secret' });
      signedIn = true;
      return { body: administrator };
    },
    'GET /stakeholders': () => ({ body: emptyList }),
  });
  await userEvent.type(await screen.findByLabelText('Email address'), 'anna@example.org');
  await userEvent.type(screen.getByLabelText('Password'), 'secret');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByRole('heading', { name: 'Stakeholders' });
  expect(router.state.location.search).toMatchObject({ where: '["roles","has","donor"]' });
});

it('says the sentence of a refused sign-in and keeps what was typed', async () => {
  openApp('/signin', null, {
    'POST /session': () => ({
      status: 401,
      problem: { detail: 'The email address or the password is not right.' },
    }),
  });
  await userEvent.type(await screen.findByLabelText('Email address'), 'anna@example.org');
  await userEvent.type(screen.getByLabelText('Password'), 'wrong');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert')).textContent).toContain('not right');
  expect(screen.getByLabelText<HTMLInputElement>('Email address').value).toBe('anna@example.org');
});

it('offers the demonstration’s accounts', async () => {
  const { asked } = openApp('/signin', null, {
    'GET /session/hints': () => ({
      body: {
        needsSetup: false,
        demo: {
          accounts: [{ email: 'k@example.org', password: 'p', role: 'board', name: 'Karl Weiß' }],
        },
      },
    }),
    'POST /session': () => ({ body: board }),
  });
  await userEvent.click(await screen.findByRole('button', { name: /Karl Weiß.*Board member/ }));
  expect(asked).toContain('POST /session');
});

it('shows a sentence instead of a page that the role does not include', async () => {
  const { asked } = openApp('/mail', board, {});
  await screen.findByText('Your access role does not include this page.');
  expect(asked.filter((one) => one.includes('/threads'))).toEqual([]);
  expect(screen.queryByRole('link', { name: 'Mail' })).toBeNull();
  expect(screen.getByRole('link', { name: 'Funding' })).toBeTruthy();
});
