import { look } from './support/look';
import { expect, test, type Client } from './support/test';

interface Found {
  items: { id: string; name: string }[];
}

async function pathOf(client: Client, words: string, kind: string): Promise<string> {
  const { items } = await client.get<Found>(
    `/stakeholders?kind=${kind}&q=${encodeURIComponent(words)}`,
  );
  const one = items[0];
  if (!one) throw new Error(`${words} is not there`);
  return `/stakeholders/${one.id}`;
}

test('a post is added and ended, and the new one is asked for', async ({ as, house, allow }) => {
  allow(422, /\/affiliations$/); // a day that is none
  const client = await house.client('advocate');
  const page = await as('advocate');
  await page.goto(await pathOf(client, 'Noor van Dijk', 'person'));
  const posts = page.getByRole('region', { name: 'Posts' });
  await expect(posts).toContainText('No post is recorded.');
  await posts.getByRole('button', { name: 'Add a post' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('At', { exact: false }).first().fill('PICUM');
  await page.getByRole('option', { name: /PICUM/ }).click();
  await dialog.getByLabel('Title').fill('Advocacy officer');
  await dialog.getByLabel('From').fill('2023-13');
  await look(page, 'recording a post');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('“2023-13” is not a date'.replace(/[“”]/g, '"'));
  await dialog.getByLabel('From').fill('2023-03');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(posts).toContainText('since Mar 2023');
  await expect(posts.getByRole('link', { name: 'PICUM' })).toBeVisible();

  await posts.getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Left…' }).click();
  await page.getByLabel('Left on').fill('2025-06');
  await page.getByRole('button', { name: 'End the post' }).click();
  await expect(page.getByRole('dialog')).toContainText('Where did Noor van Dijk go?');
  await page.getByRole('button', { name: 'Record the new post' }).click();
  await page.getByRole('dialog').getByLabel('At', { exact: false }).first().fill('Social Plat');
  await page.getByRole('option', { name: /Social Platform/ }).click();
  await page.getByRole('dialog').getByLabel('From').fill('2025-07');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(posts.getByRole('link', { name: 'Social Platform' })).toBeVisible();
  await posts.getByText('Former posts (1)').click();
  await expect(posts).toContainText('Mar 2023 – Jun 2025');

  // What was a mistake goes, with a way back.
  await posts.getByRole('button', { name: /^Actions.*Social Platform/ }).click();
  await page.getByRole('menuitem', { name: /Remove/ }).click();
  await expect(posts.getByRole('link', { name: 'Social Platform' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(posts.getByRole('link', { name: 'Social Platform' })).toBeVisible();
});

test('a seat gets a new holder in one step', async ({ as, house }) => {
  const client = await house.client('advocate');
  const page = await as('advocate');
  await page.goto(await pathOf(client, 'Chair of the LIBE', 'seat'));
  const holders = page.getByRole('region', { name: 'Holders' });
  await expect(holders.getByRole('link', { name: 'Søren Kjeldgaard' })).toBeVisible();
  await holders.getByRole('button', { name: 'New holder' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New holder').fill('Giulia');
  await page.getByRole('option', { name: /Giulia Ferrante/ }).click();
  await dialog.getByLabel('From').fill('2026-10-01');
  await look(page, 'a new holder');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(holders.getByRole('link', { name: 'Giulia Ferrante' })).toBeVisible();
  await holders.getByText('Former holders (2)').click();
  await expect(holders).toContainText('– 30 Sep 2026');
  await look(page, 'holders of a seat');
});

test('who reads only is offered no change', async ({ as, house }) => {
  const client = await house.client('advocate');
  const page = await as('board');
  await page.goto(await pathOf(client, 'DG HOME', 'organisation'));
  const people = page.getByRole('region', { name: 'People' });
  await expect(people.getByRole('link', { name: 'Tomasz Łęcki' })).toBeVisible();
  await expect(people.getByRole('link', { name: 'EU Anti-Trafficking Coordinator' })).toBeVisible();
  await expect(people.getByRole('button')).toHaveCount(0);
});
