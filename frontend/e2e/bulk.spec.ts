import type { Page } from '@playwright/test';
import { audit, look } from './support/look';
import { expect, people, test, type Client } from './support/test';

interface Found {
  items: { id: string; rev: number; title: string; ownerId: string; donorId?: string }[];
}

const found = (client: Client, list: string, words: string) =>
  client.get<Found>(`/${list}?q=${words}&limit=200`);

/** Selects what is loaded of the open table, and opens the dialog. */
async function selectAll(page: Page, table: string) {
  await page
    .getByRole('table', { name: table, exact: true })
    .getByRole('checkbox', { name: 'Select all rows that are loaded' })
    .check();
  return page.getByRole('region', { name: 'Selection' });
}

test('the pipeline is changed many at once, by its rules, and put back', async ({ as, house }) => {
  test.slow();
  const client = await house.client('fundraiser');
  const { items } = await client.get<Found>('/stakeholders?role=donor&limit=1');
  const donorId = items[0]?.id;
  for (const [n, donor] of [donorId, donorId, undefined].entries()) {
    const title = `Quarrystone ${n + 1}`;
    await client.send('POST', '/opportunities', { title, ...(donor && { donorId: donor }) });
  }
  const page = await as('fundraiser');
  await page.goto('/pipeline?as=table&view=all&q=quarrystone');
  const table = page.getByRole('table', { name: 'Opportunities' });
  await expect(table.locator('tbody tr[data-index]')).toHaveCount(3);
  const bar = await selectAll(page, 'Opportunities');
  await expect(bar).toContainText('3 selected');
  await look(page, 'opportunities selected');
  await bar.getByRole('button', { name: 'Change…' }).click();

  const dialog = page.getByRole('dialog', { name: 'Change 3 records' });
  await dialog.getByLabel('What to do').selectOption('Set owner');
  await dialog.getByLabel('Value of Owner').selectOption(people.administrator.name);
  await dialog.getByRole('button', { name: 'And another change' }).click();
  const second = dialog.getByRole('group', { name: 'Change 2' });
  await expect(second.getByLabel('What to do')).toHaveValue('setStage');
  await expect(second.getByLabel('Value of Stage').getByRole('option')).not.toContainText([
    'Declined',
  ]);
  await second.getByLabel('Value of Stage').selectOption('Cultivation');
  await look(page, 'choosing changes of the pipeline');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByLabel('What it would do')).toContainText('would change2');
  await expect(dialog.getByLabel('What it would do')).toContainText('cannot be changed1');
  const rows = dialog.getByRole('table', { name: 'Records' }).locator('tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('Stage: Prospect → Cultivation');
  await dialog.getByText('Cannot be changed', { exact: true }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('Quarrystone 3');
  await expect(rows.first()).toContainText('Say who the donor is');
  await audit(page, 'preview of changes of the pipeline');
  await dialog.getByRole('button', { name: 'Change 2 records' }).click();
  await expect(page.getByText('2 records changed.')).toBeVisible();
  await expect(table.getByText('Cultivation')).toHaveCount(2);
  const changed = (await found(client, 'opportunities', 'quarrystone')).items;
  expect(new Set(changed.map((one) => one.ownerId)).size).toBe(2);

  // One is given to somebody else since: the undo leaves it, and says which.
  const [kept] = changed.filter((one) => one.donorId);
  if (!kept) throw new Error('there is none');
  const board = (await client.get<Found>('/colleagues')).items.at(-1);
  const given = { title: kept.title, donorId: kept.donorId, ownerId: board?.id };
  await client.send('PUT', `/opportunities/${kept.id}`, given, kept.rev);
  await page.getByRole('button', { name: 'Undo' }).click();
  const told = page.getByText(/1 record as before\. Changed since, and left as they are:/);
  await expect(told).toContainText(kept.title);
  await expect(table.getByText('Cultivation')).toHaveCount(0);

  await page.getByRole('link', { name: 'Bulk edits' }).click();
  const history = page.getByRole('table', { name: 'Bulk edits' });
  await expect(history.locator('tbody tr').first()).toContainText('Undone, 1 kept');
  await look(page, 'bulk edits of the pipeline');
  await history
    .getByRole('button', { name: /Set owner “Inês/ })
    .first()
    .click();
  const record = page.getByRole('dialog').getByRole('row', { name: kept.title });
  await expect(record).toContainText('Changed since, and left as it is: owner.');
  await audit(page, 'records of a bulk edit');
  for (const one of (await found(client, 'opportunities', 'quarrystone')).items)
    await client.send('DELETE', `/opportunities/${one.id}`, undefined, one.rev);
});

test('all the tasks that a filter finds are given to a colleague, put back, and dropped', async ({
  as,
  house,
}) => {
  test.slow();
  const n = 104; // more than a page
  const client = await house.client('advocate');
  const items = Array.from({ length: n }, (_, i) => ({
    op: 'create',
    record: { title: `Quarrytask ${i + 1}` },
  }));
  await client.send('POST', '/tasks/bulk', { allOrNothing: true, items });
  const owners = async () =>
    new Set((await found(client, 'tasks', 'quarrytask')).items.map((one) => one.ownerId)).size;

  const page = await as('advocate');
  await page.goto('/tasks?whose=all&state=open&q=quarrytask');
  const table = page.getByRole('table', { name: 'Tasks' });
  await expect(table.getByText(/^Quarrytask/).first()).toBeVisible();
  const bar = await selectAll(page, 'Tasks');
  await expect(bar).toContainText('100 selected');
  await bar.getByRole('button', { name: `Select all ${n} that match` }).click();
  await expect(bar).toContainText(`All ${n} selected`);
  await look(page, 'tasks selected');
  await bar.getByRole('button', { name: 'Change…' }).click();
  let dialog = page.getByRole('dialog', { name: `Change all ${n} that match` });
  await dialog.getByLabel('What to do').selectOption('Set owner');
  await dialog.getByLabel('Value of Owner').selectOption(people.fundraiser.name);
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByLabel('What it would do')).toContainText(`would change${n}`);
  await dialog.getByRole('button', { name: `Change ${n} records` }).click();
  await expect(page.getByText(`${n} records changed.`)).toBeVisible();
  await expect(table.getByText(people.fundraiser.name).first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(`${n} records as before.`)).toBeVisible();
  await expect(table.getByText(people.fundraiser.name)).toHaveCount(0);
  expect(await owners()).toBe(1);

  const again = await selectAll(page, 'Tasks');
  await again.getByRole('button', { name: `Select all ${n} that match` }).click();
  await again.getByRole('button', { name: 'Change…' }).click();
  dialog = page.getByRole('dialog', { name: `Change all ${n} that match` });
  await dialog.getByLabel('What to do').selectOption('Set state');
  await dialog.getByLabel('Value of State').selectOption('Dropped');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('button', { name: `Change ${n} records` }).click();
  await expect(page.getByText('No task matches these filters.')).toBeVisible();
  await page.goto('/tasks/edits');
  await expect(page.getByRole('table', { name: 'Bulk edits' })).toContainText(
    'Set state “Dropped”',
  );
});

test('agreements are given to a colleague and back', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/funding/agreements?view=all');
  const table = page.getByRole('table', { name: 'Agreements', exact: true });
  const boxes = table.locator('tbody').getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole('region', { name: 'Selection' }).getByText('Change…').click();
  const dialog = page.getByRole('dialog', { name: 'Change 2 records' });
  await expect(dialog.getByRole('button', { name: 'And another change' })).toHaveCount(0);
  await dialog.getByLabel('Value of Looked after by').selectOption(people.board.name);
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('table', { name: 'Records' })).toContainText(people.board.name);
  await dialog.getByRole('button', { name: 'Change 2 records' }).click();
  await expect(page.getByText('2 records changed.')).toBeVisible();
  await page.getByRole('link', { name: 'Bulk edits' }).click();
  await page.getByRole('button', { name: 'Undo the edit of 2 records' }).first().click();
  await expect(page.getByText('2 records as before.')).toBeVisible();
  await look(page, 'bulk edits of agreements');
});

test('who may not change the pipeline selects nothing there, and sees what was changed', async ({
  as,
}) => {
  const page = await as('board');
  await page.goto('/pipeline?as=table&view=all');
  await expect(page.getByRole('table', { name: 'Opportunities' })).toBeVisible();
  await expect(page.getByRole('table').getByRole('checkbox')).toHaveCount(0);
  await page.getByRole('link', { name: 'Bulk edits' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bulk edits' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Undo/ })).toHaveCount(0);
});
