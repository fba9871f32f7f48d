import { writeFile } from 'node:fs/promises';
import { audit, look } from './support/look';
import { expect, test } from './support/test';

interface Imports {
  items: { id: string; name: string; state: string }[];
}

test.beforeEach(() => test.setTimeout(240_000));

/** A file of 360Giving of a funder that nobody else has. */
function fileOf(funder: string, mark: string) {
  const grant = (n: number, amount: number, awardDate: string, country: string, to: string) => ({
    id: `360G-${mark}-${n}`,
    title: `Grant ${n}`,
    currency: 'EUR',
    amountAwarded: amount,
    awardDate,
    fundingOrganization: [{ name: funder, addressCountry: 'SE' }],
    recipientOrganization: [{ name: `${to} ${mark}`, addressCountry: country }],
  });
  const grants = [
    grant(1, 10_000, '2021-03-01', 'PL', 'Lantern'),
    grant(2, 30_000, '2023-03-01', 'CZ', 'Harbour'),
    grant(3, 2_000, '2023-05-01', 'PL', 'Lantern'),
    grant(4, 0, '2023-05-01', 'PL', 'Nothing'),
  ];
  return {
    name: `${mark}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ grants })),
  };
}

/** A file that takes a while. */
function largeFile(funder: string, mark: string, awards: number) {
  const grants = Array.from({ length: awards }, (_, n) => ({
    id: `360G-${mark}-${n}`,
    title: `Safe at sea, part ${n}`,
    currency: 'EUR',
    amountAwarded: 1000 + n,
    awardDate: '2023-03-01',
    fundingOrganization: [{ name: funder, addressCountry: 'SE' }],
    recipientOrganization: [{ name: `Lantern ${n % 500} ${mark}`, addressCountry: 'PL' }],
  }));
  return JSON.stringify({ grants });
}

// A run that ended midway leaves its awards with a donor of the demonstration.
test.afterEach(async ({ house }) => {
  const client = await house.client('fundraiser');
  const { items } = await client.get<Imports>('/award-imports?limit=100');
  for (const one of items.filter(({ name, state }) => /^\d+\.json$/.test(name) && state === 'live'))
    await client.send('POST', `/award-imports/${one.id}/revert`, undefined);
});

test('a large file shows how far it is and is stopped', async ({ as }, info) => {
  const page = await as('fundraiser');
  const mark = String(Date.now());
  const name = `${mark}.json`;
  const path = info.outputPath(name);
  await writeFile(path, largeFile(`Ocean Trust ${mark}`, mark, 40_000));
  await page.goto('/funding/funders/import');
  await page.getByLabel('File of awards').setInputFiles(path);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Import 40,000 awards' }).click({ timeout: 120_000 });

  // What is being done, and how much of it is done already.
  await expect(page.getByText(/^Saving, [\d,]+ of [\d,]+ records$/)).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByRole('progressbar', { name: 'Saving' })).toBeVisible();
  await audit(page, 'the progress of an import of awards');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped. Nothing of it was saved.')).toBeVisible({
    timeout: 30_000,
  });

  // Nothing of it is to be seen, and it can be begun again or left.
  const address = page.url();
  await page.goto(`/funding/funders?q=${mark}`);
  await expect(page.getByText('No funder matches these filters.')).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole('button', { name: 'Import 40,000 awards' })).toBeEnabled();
  await page.getByRole('button', { name: 'Discard the file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import awards' })).toBeVisible();
  await expect(page.getByRole('link', { name })).toHaveCount(0);
});

test('awards are imported, read on the page of their funder and taken back', async ({
  as,
  allow,
}) => {
  allow(409, /\/award-imports/);
  const page = await as('fundraiser');
  const mark = String(Date.now());
  const funder = `Fjord Trust ${mark}`;
  const file = fileOf(funder, mark);

  // A file that is something else is refused with its reason.
  await page.goto('/funding/funders/import');
  const input = page.getByLabel('File of awards');
  await input.setInputFiles({ ...file, buffer: Buffer.from('{"grants": 5}') });
  await expect(page.getByText('“grants” is not a list')).toBeVisible();
  await look(page, 'a file of awards that cannot be read');
  await page.getByRole('button', { name: 'Discard the file' }).click();

  // What would come in, and what would not, before anything is saved.
  await input.setInputFiles(file);
  await expect(page.getByText('3 new awards. Nothing is saved yet.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Not taken' })).toContainText('grant 4');
  await look(page, 'what a file of awards holds');
  await page.getByRole('button', { name: 'Import 3 awards' }).click();
  await expect(page.getByText('Imported: 3 new awards, of 1 funder.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Not taken' })).toContainText('grant 4');
  await look(page, 'what a file of awards has brought');

  // The same file a second time is refused.
  await page.getByRole('link', { name: 'Import another file' }).click();
  await input.setInputFiles(file);
  await expect(page.getByText(/has been imported already/)).toBeVisible();

  // The funder in the list, and on a page of its own.
  await page.goto(`/funding/funders?q=${mark}`);
  const row = page.getByRole('row').filter({ hasText: funder });
  await expect(row).toContainText('42,000');
  await row.getByRole('link', { name: funder }).click();
  await expect(page.getByRole('heading', { level: 1, name: funder })).toBeVisible();
  await expect(page.getByText('EUR 42,000')).toBeVisible();
  await expect(page.getByRole('img', { name: /^Given by year/ })).toHaveAccessibleName(
    'Given by year. 2021: EUR 10,000 in 1 award. 2022: EUR 0 in 0 awards. 2023: EUR 32,000 in 2 awards.',
  );
  await page.getByText('Table', { exact: true }).click();
  await expect(page.getByRole('row', { name: /^Given, EUR/ })).toContainText('32,000');
  const most = page.getByRole('table', { name: 'Who got most' }).getByRole('row').nth(1);
  await expect(most).toContainText(`Harbour ${mark}`);

  // The awards themselves, narrowed by year and country; the address keeps it.
  const awards = page.getByRole('table', { name: 'Awards' });
  await expect(awards.getByRole('row')).toHaveCount(4);
  await page.getByRole('combobox', { name: 'Year' }).selectOption('2023');
  await page.getByRole('combobox', { name: 'Country' }).selectOption('Poland');
  await expect(awards.getByRole('row')).toHaveCount(2);
  await expect(awards).toContainText('EUR 2,000.00');
  await expect(page).toHaveURL(/year=2023/);
  await page.reload();
  await expect(awards.getByRole('row')).toHaveCount(2);

  // A colleague knows who it is, and the donor's page then shows what they fund.
  await page.getByRole('button', { name: 'Say who it is' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^(another|one of our) stakeholders?/ }).click();
  await dialog.getByRole('combobox', { name: 'Stakeholder' }).fill('Meridian');
  await page.getByRole('option', { name: /Hotel Group Meridian Nord/ }).click();
  await audit(page, 'who a funder is');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('link', { name: 'Hotel Group Meridian Nord' }).click();
  const section = page.getByRole('region', { name: 'What they fund' });
  await expect(section).toContainText('3 awards, EUR 42,000 in all');
  await expect(section.getByRole('link', { name: funder })).toBeVisible();

  // Taken back, nothing of it is left.
  await page.goto('/funding/funders/import');
  await page.getByRole('button', { name: `Revert ${mark}.json` }).click();
  await expect(dialog).toContainText('3 awards will be gone');
  await audit(page, 'the revert of an import of awards');
  await dialog.getByRole('button', { name: 'Revert' }).click();
  await expect(page.getByRole('button', { name: `Revert ${mark}.json` })).toHaveCount(0);
  await page.goto(`/funding/funders?q=${mark}`);
  await expect(page.getByText('No funder matches these filters.')).toBeVisible();
});
