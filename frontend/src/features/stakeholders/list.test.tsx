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

const about = {
  fields: [
    {
      name: 'roles',
      label: 'Role',
      kind: 'choices',
      operators: [
        { op: 'has', takes: 'many' },
        { op: 'empty', takes: 'none' },
      ],
      values: ['donor', 'mep'],
    },
  ],
  columns: [],
  sorts: [],
  deeds: [],
  maxDepth: 4,
};

it('keeps filters, columns and sort in the address and asks the server with them', async () => {
  const { router, asked } = openApp('/stakeholders?role=mep', administrator, {
    'GET /lists/stakeholders': () => ({ body: about }),
    'GET /stakeholders': () => ({
      body: { items: [one('a', 'Anna'), one('b', 'Björn')], total: 10000, totalIsFloor: true },
    }),
  });
  await screen.findByText('10,000+');
  // What people write by hand is shown, and kept, as a condition.
  await screen.findByRole('button', { name: 'Role is MEP' });
  await userEvent.click(screen.getByRole('button', { name: 'Changed' }));
  const condition = JSON.stringify(['roles', 'has', 'mep']);
  await waitFor(() =>
    expect(router.state.location.search).toMatchObject({ where: condition, sort: 'updatedAt' }),
  );
  const query = new URLSearchParams({ where: condition, sort: 'updatedAt' }).toString();
  await waitFor(() => expect(asked.some((line) => line.includes(query))).toBe(true));

  await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
  await userEvent.selectOptions(await screen.findByLabelText('Comparison'), 'empty');
  await userEvent.click(screen.getByRole('button', { name: 'Show' }));
  await screen.findByRole('button', { name: 'Role is empty' });
  await userEvent.click(screen.getByRole('button', { name: 'Remove: Role is empty' }));
  await waitFor(() => expect(router.state.location.href).toBe('/stakeholders?sort=updatedAt'));
});

it('shows the columns of the address in their order, and exports them', async () => {
  openApp('/stakeholders?columns=country,name,nonsense', administrator, {
    'GET /stakeholders': () => ({ body: { items: [one('a', 'Anna')], total: 1 } }),
  });
  await screen.findByRole('link', { name: 'Anna' });
  // The first is that of the boxes by which rows are chosen.
  expect(screen.getAllByRole('columnheader').map((one) => one.textContent)).toEqual([
    '',
    'Country',
    'Name',
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Export' }));
  const link = await screen.findByRole('menuitem', { name: 'Spreadsheet (XLSX)' });
  expect(link.getAttribute('href')).toBe(
    '/api/v1/stakeholders.xlsx?sort=name&columns=country%2Cname',
  );
});

it('opens with the view that one has chosen, and marks what differs from it', async () => {
  const view = {
    id: 'v1',
    rev: 1,
    name: 'Members',
    owner: 'Anna Berg',
    shared: false,
    pinned: true,
    mayChange: true,
    columns: ['name'],
    where: '["roles","has","mep"]',
  };
  const { router } = openApp('/stakeholders', administrator, {
    'GET /views': () => ({ body: { items: [view], chosen: 'v1' } }),
    'GET /stakeholders': () => ({ body: { items: [one('a', 'Anna')], total: 1 } }),
  });
  await screen.findByRole('link', { name: 'Anna' });
  expect(router.state.location.search).toMatchObject({ view: 'v1', where: view.where });
  expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Name' }));
  await screen.findByRole('button', { name: 'Save changes' });
  await userEvent.click(screen.getByRole('button', { name: 'Everybody' }));
  await waitFor(() => expect(router.state.location.href).toBe('/stakeholders?view=all'));
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
