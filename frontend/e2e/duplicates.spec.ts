import { audit, look } from './support/look';
import { expect, test, type Client } from './support/test';

interface Found {
  items: { id: string; rev: number; name: string; emails: { address: string }[] }[];
}

async function make(client: Client, name: string, address: string, more: object = {}) {
  await client.send('POST', '/stakeholders', {
    kind: 'person',
    name,
    emails: [{ address }],
    ...more,
  });
}

async function named(client: Client, q: string) {
  return (await client.get<Found>(`/stakeholders?q=${encodeURIComponent(q)}`)).items;
}

test('possible duplicates are found, compared, merged and taken apart again', async ({
  as,
  house,
}) => {
  const client = await house.client('advocate');
  await make(client, 'Zuzana Havlíková', 'zuzana@klub.example.org', {
    country: 'CZ',
    tags: ['one'],
  });
  await make(client, 'HAVLIKOVA, Zuzana', 'zh@klub.example.org', { country: 'CZ', tags: ['two'] });
  const page = await as('advocate');

  await page.goto('/stakeholders');
  await page.getByRole('link', { name: 'Duplicates', exact: true }).click();
  await page.getByRole('button', { name: 'Look now' }).click();
  const pair = page.getByRole('list', { name: 'Pairs' }).locator('> li', { hasText: 'Zuzana' });
  await expect(pair).toBeVisible({ timeout: 30_000 });
  await expect(pair).toContainText('The same name.');
  await look(page, 'possible duplicates');

  await pair.getByRole('link', { name: /^Compare/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Merge two records' })).toBeVisible();
  await page.getByRole('button', { name: 'Swap' }).click();
  const name = page.getByRole('group', { name: 'Name' });
  await name.getByRole('radio', { name: 'Zuzana Havlíková' }).check();
  await expect(page.getByText(/Nothing that you may see names/)).toBeVisible();
  await look(page, 'merge two records');

  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Zuzana Havlíková' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'zh@klub.example.org' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'zuzana@klub.example.org' })).toBeVisible();
  expect(await named(client, 'havlikova')).toHaveLength(1);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('is a record of its own again.')).toBeVisible();
  const both = await named(client, 'havlikova');
  expect(both.map((one) => one.emails.length)).toEqual([1, 1]);
});

test('two that are different are kept apart, and a record is merged from its page', async ({
  as,
  house,
}) => {
  const client = await house.client('advocate');
  await make(client, 'Blanka Dvořáčková', 'blanka@ctyri.example.org', { country: 'CZ' });
  await make(client, 'Blanka Dvorackova', 'b.d@pet.example.org', { country: 'CZ' });
  const page = await as('advocate');
  await page.goto('/stakeholders/duplicates');
  await page.getByRole('button', { name: 'Look now' }).click();
  const pair = page.getByRole('list', { name: 'Pairs' }).locator('> li', { hasText: 'Blanka' });
  await expect(pair).toBeVisible({ timeout: 30_000 });
  await pair.getByRole('button', { name: /not duplicates/ }).click();
  await expect(pair).toHaveCount(0);
  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Not duplicates' }).click();
  await expect(page).toHaveURL(/state=different/);
  await expect(pair).toBeVisible();

  const one = (await named(client, 'dvorackova')).find(({ name }) => name.includes('ř'));
  await page.goto(`/stakeholders/${one?.id ?? ''}`);
  await page.getByRole('link', { name: 'Merge with…' }).click();
  await page.getByRole('combobox', { name: /Which record is/ }).fill('dvorack');
  await audit(page, 'choosing the other record');
  await page.getByRole('option', { name: /Blanka Dvorackova/ }).click();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Blanka Dvořáčková' })).toBeVisible();

  await page.goto('/stakeholders/duplicates');
  await page.getByRole('button', { name: 'Undo the merge of Blanka Dvorackova' }).click();
  await expect(page.getByText(/Undone by/).first()).toBeVisible();
  expect(await named(client, 'dvorackova')).toHaveLength(2);
});

test('a board member has no way to merge', async ({ as, allow }) => {
  allow(403, /duplicates|merges/);
  const page = await as('board');
  await page.goto('/stakeholders');
  await expect(page.getByRole('link', { name: 'Trash' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Duplicates', exact: true })).toHaveCount(0);
});
