import { look } from './support/look';
import { expect, test } from './support/test';

interface Found {
  items: { id: string; name: string }[];
}

test('a note, a meeting and a task are written down on the page of a stakeholder', async ({
  as,
  house,
  browser,
}) => {
  const client = await house.client('advocate');
  const { items } = await client.get<Found>('/stakeholders?q=roder&kind=person');
  const path = `/stakeholders/${items[0]?.id ?? ''}`;
  const page = await as('advocate');
  await page.goto(path);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('Added.');

  // By the keyboard, from wherever one stands.
  await page.keyboard.press('n');
  await expect(timeline.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await page.keyboard.type('Prefers to be rung on Fridays, says @Jonas Lindqvist.');
  await timeline.getByRole('button', { name: 'Save' }).click();
  await expect(timeline.getByRole('article').first()).toContainText('rung on Fridays');

  await page.keyboard.press('m');
  await timeline.getByLabel('What it was about').fill('Hearing on the directive');
  await timeline.getByLabel('Day', { exact: true }).fill('2026-03-29');
  await timeline.getByLabel('Time', { exact: true }).fill('02:30');
  await timeline.getByLabel('Only I may read it').check();
  await look(page, 'writing a meeting down');
  await timeline.getByRole('button', { name: 'Save' }).click();
  const meeting = timeline.getByRole('article').filter({ hasText: 'Hearing on the directive' });
  await expect(meeting).toContainText('29 Mar 2026, 02:30');
  await expect(meeting).toContainText('Private');

  await timeline.getByRole('button', { name: 'Task' }).click();
  await timeline.getByLabel('What is to be done').fill('Send her the figures');
  await timeline.getByLabel('Due on').fill('2026-03-29');
  await timeline.getByRole('button', { name: 'Save' }).click();
  const open = page.getByRole('region', { name: 'Open tasks' });
  await expect(open).toContainText('Send her the figures');
  await expect(open).toContainText('29 Mar 2026');
  await look(page, 'timeline');

  await page.goto('/');
  const mine = page.getByRole('region', { name: 'My tasks' });
  await mine.getByLabel('Send her the figures').click(); // the row leaves with its checkbox
  await expect(mine).not.toContainText('Send her the figures');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(mine).toContainText('Send her the figures');
  await look(page, 'home with tasks');

  // What is private is its author's alone; a day is that day everywhere.
  const far = await browser.newContext({
    baseURL: house.url,
    timezoneId: 'America/New_York',
    storageState: await house.state('advocate'),
  });
  const abroad = await far.newPage();
  await abroad.goto(path);
  await expect(
    abroad.getByRole('article').filter({ hasText: 'Hearing on the directive' }),
  ).toContainText('29 Mar 2026, 02:30');
  await far.close();
  const other = await as('fundraiser');
  await other.goto(path);
  await expect(other.getByRole('region', { name: 'Timeline' })).toContainText('rung on Fridays');
  await expect(other.getByText('Hearing on the directive')).toHaveCount(0);
});

test('the timeline is narrowed, and a stakeholder is followed', async ({ as, house }) => {
  const client = await house.client('advocate');
  const { items } = await client.get<Found>('/stakeholders?q=roder&kind=person');
  const page = await as('advocate');
  await page.goto(`/stakeholders/${items[0]?.id ?? ''}`);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('Mail', { exact: true }).first().click();
  await expect(timeline.getByRole('article').first()).toContainText('Mail');
  await expect(timeline).not.toContainText('Added.');
  await timeline.getByText('Changes', { exact: true }).click();
  await expect(timeline.getByRole('article').last()).toContainText('Added.');
  await timeline.getByRole('button', { name: 'Follow' }).click();
  await expect(timeline.getByRole('button', { name: 'Following' })).toBeVisible();
});

test('the board reads the timeline and writes nothing', async ({ as, house }) => {
  const client = await house.client('board');
  const { items } = await client.get<Found>('/stakeholders?q=roder&kind=person');
  const page = await as('board');
  await page.goto(`/stakeholders/${items[0]?.id ?? ''}`);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('Added.');
  await expect(timeline.getByRole('button', { name: 'Note' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Open tasks' })).toBeVisible();
});
