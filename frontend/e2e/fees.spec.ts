import { look } from './support/look';
import { expect, test } from './support/test';

test.beforeEach(() => test.setTimeout(240_000));

test('a fee is set, a member pays a part of it, and who owes most comes first', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const name = `Tallow House ${Date.now()}`;
  await client.send('POST', '/stakeholders', { kind: 'organisation', name, roles: ['member'] });
  const { items } = await client.get<{ items: { id: string }[] }>(
    `/stakeholders?q=${encodeURIComponent(name)}`,
  );
  await client.send('POST', '/income', {
    donorId: items[0]?.id,
    date: '2016-04-02',
    amount: { minor: 30_000, currency: 'EUR' },
    earmarking: 'unearmarked',
    restriction: 'unrestricted',
    sourceType: 'membership',
    note: 'First half',
  });
  const page = await as('fundraiser');
  const dialog = page.getByRole('dialog');
  await page.goto('/funding/fees?year=2016');
  const set = page.getByRole('button', { name: /^(Set|Change) the fee of 2016$/ });
  await set.click();
  await dialog.getByLabel('Every member pays').fill('700');
  await dialog.getByRole('button', { name: 'A member who pays something else' }).click();
  const exception = dialog.getByRole('group', { name: /^Exception/ }).last();
  await exception.getByLabel('Pays').fill('650');
  await look(page, 'the fee of a year');
  await exception.getByRole('combobox', { name: 'Member' }).fill(name);
  await page.getByRole('option', { name }).click();
  await exception.getByLabel('Why').fill('two staff');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  const table = page.getByRole('table', { name: 'Membership fees' });
  const row = table.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('two staff');
  await expect(row.getByRole('cell').nth(2)).toHaveText('EUR 350.00');
  // Who has paid nothing owes more, and stands before.
  await expect(table.getByRole('row').nth(1)).toContainText('EUR 700.00');
  await row.getByRole('button', { name: /paid for 2016/ }).click();
  await expect(dialog.getByRole('table', { name: 'Lines of income' })).toContainText('First half');
  await look(page, 'the lines behind a fee');
  await page.keyboard.press('Escape');

  await page.getByRole('searchbox', { name: 'Name of a member' }).fill('tallow hou');
  await expect(page).toHaveURL(/q=tallow/);
  await expect(table.getByRole('row')).toHaveCount(2);
  for (const ending of ['csv', 'xlsx']) {
    expect(await client.status(`/fees/overview.${ending}?year=2016`)).toBe(200);
  }
});

test('the board reads the fees and sets none', async ({ as, house }) => {
  const page = await as('board');
  await page.goto('/funding/fees');
  await expect(page.getByRole('table', { name: 'Membership fees' })).toBeVisible();
  await expect(page.getByRole('button', { name: /the fee of/ })).toHaveCount(0);
  const client = await house.client('advocate');
  expect(await client.status('/fees/overview')).toBe(403);
});
