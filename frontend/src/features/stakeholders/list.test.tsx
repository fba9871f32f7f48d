import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { administrator, emptyList, openApp } from '@/testing/app';

const one = (id: string, name: string) => ({
  id,
  rev: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  kind: 'person',
  name,
  sortName: name,
  roles: ['mep'],
  emails: [],
  phones: [],
  tags: [],
});

it('says what to do when there is nobody yet', async () => {
  openApp('/stakeholders', administrator, { 'GET /stakeholders': () => ({ body: emptyList }) });
  await screen.findByText('No stakeholders yet.');
  expect(screen.getByRole('link', { name: 'New stakeholder' })).toBeTruthy();
});

it('says the server’s sentence when the list fails, and tries again', async () => {
  let broken = true;
  openApp('/stakeholders', administrator, {
    'GET /stakeholders': () =>
      broken
        ? { status: 503, problem: { detail: 'The store does not answer.' } }
        : { body: { items: [one('a', 'Anna')], total: 1 } },
  });
  await screen.findByText('The store does not answer.');
  broken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('link', { name: 'Anna' });
});

it('keeps filters and sort in the address and asks the server with them', async () => {
  const { router, asked } = openApp('/stakeholders', administrator, {
    'GET /stakeholders': () => ({
      body: { items: [one('a', 'Anna'), one('b', 'Björn')], total: 10000, totalIsFloor: true },
    }),
  });
  await screen.findByText('10,000+');
  await userEvent.selectOptions(screen.getByLabelText('Role'), 'mep');
  await userEvent.click(screen.getByRole('button', { name: 'Changed' }));
  await waitFor(() =>
    expect(router.state.location.href).toBe('/stakeholders?role=mep&sort=updatedAt'),
  );
  await waitFor(() =>
    expect(asked.some((line) => line.includes('role=mep') && line.includes('sort=updatedAt'))).toBe(
      true,
    ),
  );
  expect(screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')).toBe(
    '/api/v1/stakeholders.csv?role=mep&sort=updatedAt',
  );
});

it('walks from row to row with the arrow keys', async () => {
  openApp('/stakeholders', administrator, {
    'GET /stakeholders': () => ({
      body: { items: [one('a', 'Anna'), one('b', 'Björn')], total: 2 },
    }),
  });
  (await screen.findByRole('link', { name: 'Anna' })).focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Björn');
  await userEvent.keyboard('{ArrowUp}');
  expect(document.activeElement?.textContent).toBe('Anna');
});
