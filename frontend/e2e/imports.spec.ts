import { look } from './support/look';
import { expect, test } from './support/test';

const file = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

test('a file of people is mapped, checked, imported and taken back', async ({ as }) => {
  const page = await as('advocate');
  await page.goto('/stakeholders/import');
  await page
    .getByLabel('File of stakeholders')
    .setInputFiles(
      file(
        'autumn.csv',
        'Wer;Firma;Funktion;E-Mail;Land\nXenia Zufall;Haus Zufall;Direktorin;xenia@zufall.example;Österreich\nYves Hasard;Haus Zufall;;yves@zufall.example;Atlantis\n',
      ),
    );
  await expect(page.getByRole('heading', { level: 1, name: 'autumn.csv' })).toBeVisible();

  // One header says nothing: it is mapped by hand, and the wrong country is told at once.
  await expect(page.getByLabel('Firma is')).toHaveValue('organisation');
  await page.getByLabel('Wer is').selectOption({ label: 'Name' });
  await expect(page.getByLabel('Wer is')).toHaveValue('name');
  await expect(page.getByText('“Atlantis” is not a country.')).toBeVisible();
  await look(page, 'mapping of an import');
  await page.getByLabel('Name of the mapping').fill('Autumn list');
  await page.getByRole('button', { name: 'Save mapping' }).click();
  await expect(page.getByText('The mapping is saved')).toBeVisible();

  await page.getByRole('button', { name: 'Check every row' }).click();
  await expect(
    page.getByText(
      /2 records would be created, among them 1 organisation that rows name; .* 1 post at organisations/,
    ),
  ).toBeVisible();
  const rows = page.getByRole('table', { name: 'Rows' });
  await page.getByText('Error', { exact: true }).first().click();
  await expect(rows.getByText('“Atlantis” is not a country.')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Error file' }).click();
  expect((await download).suggestedFilename()).toBe('errors.csv');
  await look(page, 'dry run of an import');

  await page.getByRole('button', { name: 'Import 2 records' }).click();
  await expect(page.getByText(/2 records created/)).toBeVisible({ timeout: 20_000 });
  await look(page, 'an import that is done');
  await page.goto('/stakeholders?q=zufall');
  await expect(page.getByRole('link', { name: 'Xenia Zufall' })).toBeVisible();
  // She is found among the people of the organisation, with her post.
  await page.getByRole('link', { name: 'Haus Zufall' }).first().click();
  const people = page.getByRole('region', { name: 'People' });
  await expect(people.getByRole('link', { name: 'Xenia Zufall' })).toBeVisible();
  await expect(people.getByText('Direktorin')).toBeVisible();

  await page.goto('/stakeholders/import');
  await page.getByRole('link', { name: 'autumn.csv' }).click();
  await page.getByRole('button', { name: 'Revert the import' }).click();
  await page.getByRole('button', { name: 'Revert', exact: true }).click();
  await expect(page.getByText(/Taken back: 2 records removed/)).toBeVisible({ timeout: 20_000 });
  await page.goto('/stakeholders?q=zufall');
  await expect(page.getByRole('link', { name: 'Xenia Zufall' })).toHaveCount(0);

  // The saved mapping is used for the next file with these columns.
  await page.goto('/stakeholders/import');
  await page
    .getByLabel('File of stakeholders')
    .setInputFiles(
      file('winter.csv', 'Wer;Firma;Funktion;E-Mail;Land\nZoe Zufall;;;zoe@zufall.example;AT\n'),
    );
  await expect(page.getByText('as saved in “Autumn list”')).toBeVisible();
  await expect(page.getByLabel('Wer is')).toHaveValue('name');
});
