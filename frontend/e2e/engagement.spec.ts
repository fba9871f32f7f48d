import type { Locator } from '@playwright/test';
import { audit, look } from './support/look';
import { another, expect, test } from './support/test';

interface Found {
  items: { id: string; name: string }[];
}

test('a note, a meeting and a task are written down on the page of a stakeholder', async ({
  as,
  house,
  browser,
}) => {
  test.slow();
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
  await timeline.getByRole('combobox', { name: 'Who else took part' }).fill('ferrante');
  await page.getByRole('option', { name: 'Giulia Ferrante' }).click();
  await page.keyboard.press('Escape');
  await timeline.getByRole('button', { name: 'Add a follow-up task' }).click();
  await timeline.getByLabel('Follow-up 1', { exact: true }).fill('Thank both of them');
  await look(page, 'writing a meeting down');
  await timeline.getByRole('button', { name: 'Save' }).click();
  const meeting = timeline.getByRole('article').filter({ hasText: 'Hearing on the directive' });
  await expect(meeting).toContainText('29 Mar 2026, 02:30');
  await expect(meeting).toContainText('Private');
  await expect(page.getByRole('region', { name: 'Open tasks' })).toContainText(
    'Thank both of them',
  );

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

test('minutes are written with lists and mentions, edited by two, moved to the trash and taken back', async ({
  as,
  house,
  browser,
  allow,
}) => {
  test.slow();
  const client = await house.client('advocate');
  const { items } = await client.get<Found>('/stakeholders?q=odihr&kind=organisation');
  const path = `/stakeholders/${items[0]?.id ?? ''}`;
  const page = await as('advocate');
  await page.goto(path);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('button', { name: 'Meeting' }).click();
  await timeline.getByLabel('What it was about').fill('Round table in Vienna');
  await timeline.getByLabel('Minutes').click();
  await page.keyboard.type('They **agreed**:\n\n- two pages by May\n- @');
  const colleagues = page.getByRole('listbox', { name: 'Colleagues' });
  await expect(colleagues.getByRole('option', { name: 'Dimitra Papadaki' })).toBeVisible();
  await expect(colleagues).not.toContainText('Katarzyna'); // who writes
  // At the @, which stands behind "- ".
  const left = async (one: Locator) => (await one.boundingBox())?.x ?? 0;
  expect(
    (await left(colleagues)) - (await left(timeline.getByLabel('Minutes'))),
    'from the edge of the text to the list',
  ).toBeGreaterThan(15);
  await audit(page, 'colleagues to mention');
  await page.keyboard.press('Escape');
  await expect(colleagues).toBeHidden();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('@');
  await expect(colleagues.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('lind');
  await expect(colleagues.getByRole('option')).toHaveText(['Jonas Lindqvist']);
  await page.keyboard.press('Enter');
  await page.keyboard.type('asks the members');
  await expect(timeline.getByLabel('Minutes')).toHaveValue(
    /two pages by May\n- @Jonas Lindqvist asks the members$/,
  );
  await timeline.getByRole('button', { name: 'Preview' }).click();
  const preview = timeline.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('listitem')).toHaveText([
    'two pages by May',
    '@Jonas Lindqvist asks the members',
  ]);
  await look(page, 'minutes as they will be read');
  await timeline.getByRole('button', { name: 'Save' }).click();
  const entry = timeline.getByRole('article').filter({ hasText: 'Round table in Vienna' });
  await expect(entry.locator('strong')).toHaveText('agreed');
  await expect(entry.getByRole('listitem').first()).toHaveText('two pages by May');

  // The colleague who is mentioned, and may write, changes it; somebody else was quicker.
  const other = await another(browser, house, 'fundraiser');
  await other.goto(path);
  const edit = async () => {
    const there = other.getByRole('region', { name: 'Timeline' });
    await there.getByRole('button', { name: 'Actions: Round table in Vienna' }).click();
    await other.getByRole('menuitem', { name: 'Edit' }).click();
  };
  await edit();
  const dialog = other.getByRole('dialog', { name: 'Edit the entry' });
  await expect(dialog.getByLabel('What it was about')).toHaveValue('Round table in Vienna');
  await expect(dialog.getByLabel('Only I may read it')).toHaveCount(0); // not its author
  await dialog.getByRole('combobox', { name: 'Who of us took part' }).click();
  await other.getByRole('option', { name: 'Jonas Lindqvist' }).click();
  await dialog.getByRole('textbox', { name: 'Text' }).focus();
  await other.keyboard.press('ControlOrMeta+End');
  await other.keyboard.type('\n- my own line, says @in');
  await expect(other.getByRole('option', { name: 'Inês Carvalho' })).toBeVisible();
  await other.keyboard.press('Escape'); // closes the list, not the dialog
  await other.keyboard.press('Backspace');
  await other.keyboard.press('Backspace');
  await other.keyboard.press('Backspace');
  await other.keyboard.type('somebody');
  await look(other, 'editing minutes');

  await entry.getByRole('button', { name: 'Actions: Round table in Vienna' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const mine = page.getByRole('dialog', { name: 'Edit the entry' });
  await mine.getByLabel('What it was about').fill('Round table in Warsaw');
  await mine.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();

  allow(412, /\/interactions\//);
  await dialog.getByRole('button', { name: 'Save' }).click();
  const clash = other.getByRole('dialog', { name: /Somebody else saved this/ });
  await expect(clash).toContainText('Round table in Warsaw');
  await audit(other, 'two have edited the same minutes');
  await clash.getByRole('button', { name: 'Keep mine' }).click();
  await expect(other.getByText('Saved.')).toBeVisible();
  const both = other.getByRole('article').filter({ hasText: 'Round table in Warsaw' });
  await expect(both.getByRole('listitem').last()).toHaveText('my own line, says somebody');
  await expect(both).toContainText('with Jonas Lindqvist');

  // The page of the first still has the revision before.
  const trash = async () => {
    await timeline.getByRole('button', { name: 'Actions: Round table in Warsaw' }).click();
    await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  };
  await trash();
  const refused = page.getByRole('alert').filter({ hasText: 'has changed since you read it' });
  await expect(refused).toBeVisible();
  await refused.getByRole('button', { name: 'Close' }).click();
  const warsaw = timeline.getByRole('article').filter({ hasText: 'Round table in Warsaw' });
  await expect(warsaw).toContainText('my own line');
  await trash();
  await expect(warsaw).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(warsaw).toContainText('my own line');

  // Long after the notice has gone there is the trash.
  await trash();
  await expect(warsaw).toHaveCount(0);
  await timeline.getByRole('button', { name: 'Removed entries' }).click();
  const bin = page.getByRole('dialog', { name: 'Removed entries' });
  await expect(bin.getByRole('listitem')).toContainText('Round table in Warsaw');
  await audit(page, 'trash of a timeline');
  await bin.getByRole('button', { name: 'Put back Round table in Warsaw' }).click();
  await expect(bin).toContainText('Nothing lies in the trash.');
  await page.keyboard.press('Escape');
  await expect(warsaw).toContainText('my own line');
  await other.context().close();
});

test('long minutes are read whole, by the board too, which may change nothing', async ({
  as,
  house,
}) => {
  test.slow();
  const client = await house.client('board');
  const { items } = await client.get<Found>('/stakeholders?q=aubrey&kind=person');
  const page = await as('board');
  await page.goto(`/stakeholders/${items[0]?.id ?? ''}`);
  const visit = page.getByRole('article').filter({ hasText: 'Visit of the experts' });
  await expect(visit.getByRole('heading', { name: 'What was agreed' })).toBeVisible();
  await expect(visit.getByRole('link', { name: /www\.coe\.int/ })).toHaveAttribute(
    'rel',
    'noopener noreferrer nofollow',
  );
  await expect(visit).not.toContainText('in autumn');
  await visit.getByRole('button', { name: 'Show all' }).click();
  await expect(visit).toContainText('in autumn');
  await expect(page.getByRole('button', { name: 'Actions: Visit of the experts' })).toHaveCount(0);
  await look(page, 'long minutes');
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
