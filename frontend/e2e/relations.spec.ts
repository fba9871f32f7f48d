import { audit, look } from './support/look';
import { expect, test, type Client } from './support/test';

const named = async (client: Client, name: string) => {
  const { items } = await client.get<{ items: { id: string; name: string }[] }>(
    `/stakeholders?limit=20&q=${encodeURIComponent(name)}`,
  );
  return items.find((one) => one.name.startsWith(name))?.id ?? '';
};

test('a relation is recorded, read from both ends, ended, removed and taken back', async ({
  as,
  house,
  allow,
}) => {
  test.slow();
  allow(422, /\/relations$/);
  const page = await as('advocate');
  const client = await house.client('advocate');
  await page.goto(`/stakeholders/${await named(client, 'PICUM')}#relations`);
  const section = page.getByRole('region', { name: 'Relations' });
  const list = section.getByRole('list', { name: 'Relations', exact: true });
  await section.getByRole('button', { name: 'Add a relation' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'PICUM' }).click();
  await page.getByRole('option', { name: 'advises', exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Whom' }).fill('odihr');
  await page.getByRole('option', { name: /ODIHR/ }).click();
  await dialog.getByLabel('From').fill('2024-13');
  await dialog.getByLabel('Strength').selectOption('4');
  await dialog.getByLabel('Source').fill('Their annual report');
  await audit(page, 'recording a relation');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('is not a date of the form')).toBeVisible();
  await dialog.getByLabel('From').fill('2024-03');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = list.getByRole('listitem').filter({ hasText: 'ODIHR' });
  await expect(row).toContainText('advises');
  await expect(row).toContainText('since Mar 2024');
  await expect(row).toContainText('Source: Their annual report');
  await expect(row.getByRole('img', { name: 'Strength: 4 of 5' })).toBeVisible();

  // The other end says it the other way round.
  await row.getByRole('link', { name: 'ODIHR' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'ODIHR' })).toBeVisible();
  const back = list.getByRole('listitem').filter({ hasText: 'PICUM' });
  await expect(back).toContainText('is advised by');
  await back.getByRole('button', { name: 'Actions: is advised by PICUM' }).click();
  await page.getByRole('menuitem', { name: 'End…' }).click();
  await dialog.getByLabel('Ended on').fill('2025');
  await audit(page, 'ending a relation');
  await dialog.getByRole('button', { name: 'End it' }).click();
  await section.getByText('Former relations (1)').click();
  const former = section
    .getByRole('list', { name: 'Former relations' })
    .getByRole('listitem')
    .filter({ hasText: 'PICUM' });
  await expect(former).toContainText('Mar 2024 – 2025');

  await former.getByRole('button', { name: 'Actions: is advised by PICUM' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(former).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await section.getByText('Former relations (1)').click();
  await expect(former).toContainText('Mar 2024 – 2025');
  await former.getByRole('button', { name: 'Actions: is advised by PICUM' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(former).toHaveCount(0);
});

test('the network of a stakeholder is walked with the keyboard and told as a list', async ({
  as,
  house,
}) => {
  test.slow();
  const page = await as('board');
  const client = await house.client('board');
  await page.goto(`/stakeholders/${await named(client, 'DG HOME')}`);
  const picture = page.getByRole('group', { name: /^Network of DG HOME/ });
  const neighbour = picture.getByRole('link', { name: /^GRETA.*: works with$/ });
  await expect(neighbour).toBeVisible();
  await page.getByText('The same as a list').click();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: /^LIBE Committee/ })
      .first(),
  ).toContainText('is overseen by');
  await look(page, 'a network');
  await neighbour.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^GRETA/ })).toBeVisible();
});

test('money of a donor is for those who read finance', async ({ as, house }) => {
  test.slow();
  const page = await as('fundraiser');
  const client = await house.client('fundraiser');
  const id = await named(client, 'Oak Foundation');
  await page.goto(`/stakeholders/${id}`);
  const chart = page.getByRole('group', { name: /^Income from this donor by year/ });
  await expect(chart).toContainText('%');
  await expect(page.getByRole('list', { name: 'Agreements' })).toContainText('Core support');
  await look(page, 'a donor');
  await chart.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/funding\/income\?where=.*ultimateDonorId/);

  const advocate = await house.client('advocate');
  expect(await advocate.status(`/stakeholders/${id}/income`)).toBe(403);
});

test('an advocate sees no money on the page of a donor', async ({ as, house }) => {
  const page = await as('advocate');
  const client = await house.client('advocate');
  await page.goto(`/stakeholders/${await named(client, 'Oak Foundation')}`);
  await expect(page.getByRole('region', { name: 'Relations' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Income' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Agreements and strings' })).toHaveCount(0);
});
