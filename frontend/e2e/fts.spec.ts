import { look } from './support/look';
import { expect, test } from './support/test';
import { workbook } from './support/xlsx';

interface Imports {
  items: { id: string; name: string; state: string }[];
}

/** The columns of the year 2024, as the Commission publishes them. */
const columns = [
  'Year',
  'Budget',
  'Reference of the Legal Commitment (LC)',
  'Reference (Budget)',
  'Name of beneficiary',
  'VAT number of beneficiary',
  'Not-for-profit organisation (NFPO)',
  'Non-governmental organisation (NGO)',
  'Coordinator',
  'Address',
  'City',
  'Postal code',
  'Beneficiary country',
  'NUTS2',
  'Geographical Zone',
  'Action location',
  'Beneficiary’s contracted amount (EUR)',
  'Beneficiary’s estimated contracted amount (EUR)',
  'Beneficiary’s estimated consumed amount (EUR)',
  'Commitment contracted amount (EUR) (A)',
  'Additional/Reduced amount (EUR) (B)',
  'Commitment  total amount (EUR) (A+B)',
  'Commitment consumed amount (EUR)',
  'Source of (estimated) detailed amount',
  'Expense type',
  'Subject of grant or contract',
  'Responsible department',
  'Budget line number',
  'Budget line name',
  'Programme name',
  'Funding type',
  'Beneficiary Group Code',
  'Beneficiary type',
  'Project start date',
  'Project end date',
  'Type of contract*',
  'Management type',
  'Benefiting country',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | number>>;

const contracted = 'Beneficiary’s contracted amount (EUR)';
const estimated = 'Beneficiary’s estimated contracted amount (EUR)';

/** A year of the system in small: what is empty is "-", and a commitment's total stands in each of its rows. */
function yearOf(mark: string) {
  const common: Row = {
    Year: 2024,
    Budget: 'Budget',
    'Reference of the Legal Commitment (LC)': `SI2.${mark}.1`,
    'Commitment  total amount (EUR) (A+B)': 900_000,
    'Subject of grant or contract': 'SHELTER AND ADVICE',
    'Responsible department': 'Directorate-General for Migration and Home Affairs',
    'Budget line number': '10 02 01',
    'Programme name': '3.0.11 - Asylum, Migration and Integration Fund (AMIF)',
    'Management type': 'Direct',
  };
  const rows: Row[] = [
    {
      ...common,
      'Name of beneficiary': `FUNDACJA LATARNIA ${mark}`,
      'Beneficiary country': 'Poland',
      [contracted]: 250_000.25,
    },
    // Where nothing is contracted with the beneficiary itself, what is estimated counts.
    {
      ...common,
      'Name of beneficiary': `CASA SEGURA ${mark}`,
      'Beneficiary country': 'Portugal',
      [estimated]: 150_000,
      'Benefiting country': 'Angola',
    },
    { ...common, 'Name of beneficiary': '*****', [contracted]: 4_000 },
    { ...common, [contracted]: 10_000 },
    { ...common, 'Name of beneficiary': `ZERO ${mark}`, [contracted]: 'not yet known' },
  ];
  return workbook('FTS', [
    [...columns],
    ...rows.map((row) => columns.map((column) => row[column] ?? '-')),
  ]);
}

test.beforeEach(() => test.setTimeout(240_000));

test.afterEach(async ({ house }) => {
  const client = await house.client('fundraiser');
  const { items } = await client.get<Imports>('/award-imports?limit=100');
  for (const one of items.filter(({ name, state }) => name.includes('_FTS_') && state === 'live'))
    await client.send('POST', `/award-imports/${one.id}/revert`, undefined);
});

test('a year of the Financial Transparency System is imported and read on the donor’s page', async ({
  as,
}) => {
  const page = await as('fundraiser');
  const mark = String(Date.now());
  await page.goto('/funding/funders/import');
  await page.getByLabel('File of awards').setInputFiles({
    name: `2024_FTS_${mark}.xlsx`,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: yearOf(mark),
  });

  // What was understood, and what was not, each with its row and reason.
  await expect(page.getByText('3 new awards. Nothing is saved yet.')).toBeVisible();
  await expect(
    page.getByText('EU Financial Transparency System, 5 records of 1 funder'),
  ).toBeVisible();
  await expect(page.getByText('1 award to persons')).toBeVisible();
  const rejects = page.getByRole('table', { name: 'Not taken' });
  await expect(rejects.getByRole('row', { name: /^row 5/ })).toContainText(
    'The row names no beneficiary.',
  );
  await expect(rejects.getByRole('row', { name: /^row 6/ })).toContainText(
    '"not yet known" is not an amount.',
  );
  const preview = page.getByRole('table', { name: 'Preview' });
  await expect(preview.getByRole('row', { name: /LATARNIA/ })).toContainText('EUR 250,000.25');
  await expect(preview.getByRole('row', { name: /LATARNIA/ })).toContainText('Poland');
  await expect(preview.getByRole('row', { name: /CASA SEGURA/ })).toContainText('EUR 150,000.00');
  await expect(preview.getByRole('row', { name: /CASA SEGURA/ })).toContainText('Angola');
  await look(page, 'a year of the Financial Transparency System');
  await page.getByRole('button', { name: 'Import 3 awards' }).click();
  await expect(page.getByText('Imported: 3 new awards, of 1 funder.')).toBeVisible();
  await expect(rejects.getByRole('row')).toHaveCount(3);

  // The funder of all of it is the Commission. A colleague says which of our donors that is.
  await page.goto('/funding/funders?q=european+commission');
  await page.getByRole('table').getByRole('link', { name: 'European Commission' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'European Commission' })).toBeVisible();
  const most = page.getByRole('table', { name: 'Who got most' });
  await expect(most.getByRole('row', { name: /FUNDACJA LATARNIA/ })).toContainText(mark);
  await expect(most.getByRole('row', { name: /CASA SEGURA/ })).toContainText(mark);
  const known = page.getByRole('link', { name: 'European Commission', exact: true });
  if ((await known.count()) === 0) {
    await page.getByRole('button', { name: 'Say who it is' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^(another|one of our) stakeholders?/ }).click();
    await dialog.getByRole('combobox', { name: 'Stakeholder' }).fill('European Commission');
    await page
      .getByRole('option', { name: /^European Commission/ })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
  }
  await known.first().click();

  // The donor's page shows the giving: each beneficiary's own amount, never the commitment's total.
  const section = page.getByRole('region', { name: 'What they fund' });
  await expect(section).toContainText('3 awards, EUR 404,000');
});
