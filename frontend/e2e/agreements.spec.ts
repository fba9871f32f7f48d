import { addDays, today } from '../src/shared/format/date';
import { look } from './support/look';
import { expect, test } from './support/test';

// Each of these looks at several screens in four settings.
test.beforeEach(() => test.setTimeout(240_000));

interface Found {
  items: { id: string; title: string; state: string }[];
}

test('an agreement is written down, paid and reported on, and what it asks for is on record', async ({
  as,
  allow,
}) => {
  allow(422, /agreements$/);
  const now = today();
  const page = await as('fundraiser');
  await page.goto('/funding/agreements');
  await page.getByRole('link', { name: 'New agreement' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New agreement' })).toBeVisible();
  await page.getByLabel('Title').fill('Witness support in four languages');
  await page.getByLabel('Contract number').fill('GA-77');
  await page.getByRole('combobox', { name: 'Donor' }).fill('King Baud');
  await page.getByRole('option', { name: /King Baudouin/ }).click();
  await page.getByLabel('Signed on').fill(addDays(now, -40));
  await page.getByLabel('Term begins').fill(addDays(now, -30));
  await page.getByLabel('Term ends').fill(addDays(now, -1));
  await page.getByLabel('Overhead', { exact: true }).fill('9');
  await page.getByLabel('Most that the donor allows').fill('7');
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('60000');
  await look(page, 'new agreement');
  await page.getByRole('button', { name: 'Add agreement' }).click();
  await expect(page.getByText('The donor allows at most 7 %.')).toBeVisible();
  await expect(page.getByLabel('Overhead', { exact: true })).toBeFocused();
  await page.getByLabel('Overhead', { exact: true }).fill('7');
  await page.getByRole('button', { name: 'Add agreement' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Witness support in four languages' }),
  ).toBeVisible();

  // Money that is due, asked for and comes.
  const instalments = page.getByRole('region', { name: 'Instalments' });
  await instalments.getByRole('button', { name: 'Add instalment' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Due on').fill(addDays(now, -20));
  await dialog.getByLabel('Amount').fill('40000');
  await dialog.getByRole('button', { name: 'Add a part' }).click();
  await dialog.getByLabel('Project 1').fill('Witnesses');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(instalments).toContainText('Overdue');
  await expect(instalments).toContainText('Witnesses: EUR 40,000.00');
  await instalments.getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Paid…' }).click();
  await look(page, 'a payment has come');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(instalments).toContainText('Paid');
  await expect(page.getByText('In no instalment EUR 20,000.00')).toBeVisible();

  // What the rules propose, and what is late.
  const requirements = page.getByRole('region', { name: 'Requirements' });
  await requirements.getByRole('button', { name: 'Add 3 requirements' }).click();
  await expect(requirements.getByRole('listitem')).toHaveCount(3);
  await requirements.getByRole('button', { name: 'Add requirement' }).click();
  await dialog.getByLabel('Title').fill('List of participants');
  await dialog.getByLabel('Due on').fill(addDays(now, -3));
  await dialog.getByRole('button', { name: 'Save' }).click();
  const late = requirements.getByRole('listitem').filter({ hasText: 'List of participants' });
  await expect(late).toContainText('Overdue');
  await late.getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Submitted…' }).click();
  await dialog.getByLabel('Evidence').fill('Sent by registered mail');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(late).toContainText('Submitted');
  await expect(late).not.toContainText('Overdue');

  // What the donor attaches.
  const strings = page.getByRole('region', { name: 'Strings' });
  await strings.getByRole('button', { name: 'Add string' }).click();
  await dialog.getByLabel('What it is').fill('The foundation reads every publication first');
  await dialog.getByLabel(/^Grave/).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(strings).toContainText('Publication veto');

  // A longer term; and the agreement as it stood before.
  const amendments = page.getByRole('region', { name: 'Amendments' });
  await amendments.getByRole('button', { name: 'Amend' }).click();
  await dialog.getByLabel('Reason').fill('Courts were closed');
  await dialog.getByLabel('Term ends').fill(addDays(now, 90));
  await look(page, 'amending');
  await dialog.getByRole('button', { name: 'Amend' }).click();
  await expect(amendments).toContainText('No. 1: Courts were closed');
  await look(page, 'agreement');
  await amendments.getByLabel('See it as it stood on').fill(addDays(now, -25));
  await expect(page.getByText(/as it stood on/).first()).toBeVisible();
  await expect(instalments).not.toContainText('Paid');
  await page.getByRole('link', { name: 'See it as it stands today' }).click();
  await expect(instalments).toContainText('Paid');
});

test('what comes up under all agreements, month by month and on the wall', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/funding/obligations');
  await expect(page.getByText('Final narrative report').first()).toBeVisible();
  await look(page, 'obligations');
  await page.getByLabel('Kind').selectOption('instalment');
  await expect(page.getByText('Final narrative report')).toHaveCount(0);
  await page.getByText('Month', { exact: true }).click();
  await page.getByRole('button', { name: 'Month after' }).click();
  await expect(page).toHaveURL(/month=\d{4}-\d{2}/);
  await look(page, 'obligations of a month');
});

test('who calls which tune', async ({ as }) => {
  const page = await as('board');
  await page.goto('/funding/strings');
  const commission = page.getByRole('list', { name: 'Strings of European Commission' });
  await expect(commission).toContainText('Data duty');
  await expect(page.getByRole('img', { name: /^Share of the income/ }).first()).toBeVisible();
  await look(page, 'strings');

  // Who pays us and is lobbied by us: the view of its own, with what part of the income that is.
  await expect(page.getByRole('region', { name: 'Income from those whom we lobby' })).toContainText(
    /\d %/,
  );
  await page.getByRole('switch', { name: 'Only donors whom we lobby too' }).check();
  await expect(page).toHaveURL(/lobbied=true/);
  const donors = page.getByRole('list', { name: 'Donors and their strings' });
  await expect(donors).toContainText('We lobby it too:');
  await expect(donors.getByText('Oak Foundation', { exact: true })).toHaveCount(0);
});

test('an advocate reads agreements without amounts', async ({ as, house }) => {
  const client = await house.client('advocate');
  const { items } = await client.get<Found>('/agreements?state=running');
  expect(items.length).toBeGreaterThan(2);
  for (const path of ['/agreements', `/agreements/${items[0]?.id ?? ''}`, '/obligations']) {
    expect(JSON.stringify(await client.get(path)), path).not.toContain('minor');
  }
  expect(JSON.stringify(await client.get('/finance/strings'))).toContain('"withShares":false');
  expect(await client.status('/agreements?sort=amount')).toBe(422);
  const page = await as('advocate');
  await page.goto('/funding/agreements');
  await expect(page.getByRole('link', { name: items[0]?.title ?? '' }).first()).toBeVisible();
  await expect(page.getByText(/EUR \d/)).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'New agreement' })).toHaveCount(0);
  await look(page, 'agreements of an advocate');
  await page.goto(`/funding/agreements/${items[0]?.id ?? ''}`);
  await expect(page.getByRole('region', { name: 'Instalments' })).toBeVisible();
  await expect(page.getByText(/EUR \d/)).toHaveCount(0);
  await look(page, 'an agreement of an advocate');
});
