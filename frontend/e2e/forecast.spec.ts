import { audit, settled } from './support/look';
import { expect, test } from './support/test';

test('a fundraiser supposes something and sees it beside the base', async ({ as, allow }) => {
  allow(422, /\/scenarios$/); // a day that is missing
  const page = await as('fundraiser');
  await page.goto('/funding/what-if');
  await page.getByRole('button', { name: 'New scenario' }).click();
  const dialog = page.getByRole('dialog', { name: 'New scenario' });
  await dialog.getByLabel('Name').fill('A legacy');
  await dialog.getByRole('button', { name: 'Add income' }).click();
  await dialog.getByLabel('Amount, EUR').fill('120000');
  await dialog.getByLabel('From').fill('');
  await dialog.getByRole('button', { name: 'Save and compare' }).click();
  // What is wrong is said at its field, and nothing is saved.
  await expect(dialog.getByText('A day of the form 2026-03-29 is needed.')).toBeVisible();
  await audit(page, 'a scenario that was refused');
  const next = new Date().getFullYear() + 1;
  await dialog.getByLabel('From').fill(`${next}-02-01`);
  await dialog.getByRole('button', { name: 'Save and compare' }).click();
  await expect(dialog).toBeHidden();

  const table = page.getByRole('table', { name: 'Differences' });
  await expect(table.getByRole('columnheader', { name: 'A legacy' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'A legacy' })).toBeVisible();
  const secured = table.getByRole('row', { name: /Secured, 36 months/ }).getByRole('cell');
  const amount = async (at: number) =>
    Number((await secured.nth(at).innerText()).replaceAll(/[^\d]/g, ''));
  expect((await amount(1)) - (await amount(0))).toBe(120_000);
  // The address says what is compared, so it can be sent to a colleague.
  await expect(page).toHaveURL(/beside=/);
  await page.reload();
  await expect(table.getByRole('columnheader', { name: 'A legacy' })).toBeVisible();
});

test('the board sees forecast, reserves, budget and its targets, and writes targets only', async ({
  as,
  house,
}) => {
  const page = await as('board');
  await page.goto('/funding');
  await expect(page.getByRole('table', { name: 'Targets' })).toContainText('EU share below 50.0 %');
  await expect(page.getByText('Core coverage').first()).toBeVisible();

  const pages = page.getByRole('navigation', { name: 'Funding' });
  await pages.getByRole('link', { name: 'Forecast' }).click();
  await expect(page.getByRole('img', { name: /^Forecast: secured/ })).toBeVisible();
  await page.getByText('Accrued', { exact: true }).click();
  await expect(page).toHaveURL(/basis=accrued/);
  await expect(page.getByText(/Basis: accrued · as of/).first()).toBeVisible();

  await pages.getByRole('link', { name: 'Budget' }).click();
  await expect(page.getByRole('table', { name: 'Budget versus realisation' })).toContainText(
    'Secretariat',
  );
  await pages.getByRole('link', { name: 'Reserves' }).click();
  await settled(page);
  await expect(page.getByRole('table', { name: 'Reserve statements' })).toContainText('amber');
  await expect(page.getByRole('button', { name: 'New statement' })).toHaveCount(0);

  const client = await house.client('board');
  await expect(
    client.send('POST', '/scenarios', { name: 'Not mine to save', changes: [] }),
  ).rejects.toThrow('403');
  for (const name of ['forecast.csv', 'forecast.xlsx', 'losses.csv', 'realisation.xlsx']) {
    expect(await client.status(`/finance/${name}`), name).toBe(200);
  }
});

test('an advocate sees no figures', async ({ house }) => {
  const client = await house.client('advocate');
  for (const path of [
    '/finance/forecast',
    '/finance/losses',
    '/reserves',
    '/scenarios',
    '/targets',
  ]) {
    expect(await client.status(path), path).toBe(403);
  }
});
