import { look } from './support/look';
import { expect, test } from './support/test';

test.beforeEach(() => test.setTimeout(240_000));

const header = 'Supporter,E-mail,Booked,Ref,Total,Fee,Net,Status';

test('the gifts of a campaign come in month by month, once, and without anybody’s name', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const stamp = Date.now();
  const name = `Lamp oil ${stamp}`;
  await client.send('POST', '/stakeholders', { kind: 'organisation', name, roles: ['donor'] });
  const page = await as('fundraiser');
  const looked: string[] = []; // currencies with which a file went up to be looked at
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.pathname.endsWith('/gifts/import') && asked.searchParams.get('dryRun') === 'true') {
      looked.push(asked.searchParams.get('currency') ?? '');
    }
  });
  await page.goto('/funding/import');
  await page.getByRole('link', { name: 'an import of its own' }).click();
  await page.getByRole('combobox', { name: 'Campaign' }).fill(name);
  await page.getByRole('option', { name }).click();
  const choose = (file: string, rows: string[]) =>
    page.getByLabel('File of gifts').setInputFiles({
      name: `${file} ${stamp}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from([header, ...rows].join('\n')),
    });
  const one = 'Oda Nightjar,oda@nightjar.example,2019-03-04 10:00,p1,25.00,0.85,24.15,paid';
  const two = 'Bram Quill,bram@quill.example,2019-03-31 11:00,p2,100.00,3.00,97.00,paid';

  // Two names of columns are strange to Piper; the fundraiser says what they are.
  await choose('first', [one, two.replace('97.00', '96.00')]);
  await expect(page.getByText('Choose the column that has the day.')).toBeVisible();
  await look(page, 'gifts whose columns are not chosen');
  await page.getByLabel(/^Day/).selectOption('Booked');
  await page.getByLabel(/^Given/).selectOption('Total');
  await page.getByLabel(/^Number of the payment/).selectOption('Ref');
  await expect(page.getByText(/^1 error in 2 lines/)).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Gross less fee is EUR 97.00.' })).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the errors as CSV' }).click();
  expect((await saved).suggestedFilename()).toBe('errors.csv');
  await look(page, 'errors in a file of gifts');

  await choose('first', [one, two]);
  await page.getByLabel(/^Day/).selectOption('Booked');
  await page.getByLabel(/^Given/).selectOption('Total');
  await page.getByLabel(/^Number of the payment/).selectOption('Ref');
  const books = page.getByRole('table', { name: 'What the books get' });
  await expect(books.getByRole('row', { name: /Gifts, gross/ })).toContainText('EUR 125.00');
  await expect(books.getByRole('row', { name: /Fees/ })).toContainText('EUR 3.85');
  await page.getByLabel(/^Fees are borne by/).selectOption({ label: 'Secretariat' });
  // A file goes up for a whole currency, not for each letter of it.
  const currency = page.getByRole('textbox', { name: 'Currency' });
  await currency.clear();
  await currency.pressSequentially('CHF');
  await expect(books.getByRole('row', { name: /Gifts, gross/ })).toContainText('CHF 125.00');
  await currency.clear();
  await currency.pressSequentially('EUR');
  await expect(books.getByRole('row', { name: /Gifts, gross/ })).toContainText('EUR 125.00');
  expect(looked.filter((code) => code.length % 3 !== 0)).toEqual([]);
  await look(page, 'a file of gifts that is understood');
  const times = looked.length;
  await page.getByRole('button', { name: 'Import 2 gifts' }).click();
  await expect(page.getByText('2 gifts imported.')).toBeVisible();
  // All figures of the books are asked for anew, the verdict of the file that is in is not.
  await expect(page.getByRole('button', { name: `Revert first ${stamp}.csv` })).toBeVisible();
  expect(looked).toHaveLength(times);
  await page.getByRole('link', { name: 'See the income' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('EUR 125.00');

  await page.goto('/funding/import');
  await page.getByLabel('CSV or XLSX file').setInputFiles({
    name: `income ${stamp}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n${name},,2019-01-01,1.00,EUR,soft,restricted,foundation\n`,
    ),
  });
  await page.getByRole('button', { name: /^Import 1 line/ }).click();
  await expect(page.getByText('1 line imported')).toBeVisible();

  // The next file overlaps: one gift is new, one went back, and the columns are known by now.
  await page.goto('/funding/import/gifts');
  await page.getByRole('combobox', { name: 'Campaign' }).fill(name);
  await page.getByRole('option', { name }).click();
  await page.getByLabel(/^Fees are borne by/).selectOption({ label: 'Secretariat' });
  await choose('second', [
    one,
    two.replace('paid', 'refunded'),
    'C,c@d.example,2019-04-02,p3,10.00,0.50,9.50,paid',
  ]);
  await expect(page.getByText('1 payment of an earlier file')).toBeVisible();
  await expect(page.getByText('1 payment of which something was given back.')).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 gift' }).click();
  await expect(page.getByText('1 gift imported.')).toBeVisible();

  // Only imports of gifts stand here; all stand where income comes in.
  const revertIncome = page.getByRole('button', { name: `Revert income ${stamp}.csv` });
  await expect(page.getByRole('button', { name: `Revert second ${stamp}.csv` })).toBeVisible();
  await expect(revertIncome).toHaveCount(0);
  await page.goto('/funding/import');
  const rows = page.getByRole('table', { name: 'Earlier imports' }).getByRole('row');
  await expect(rows.filter({ hasText: `second ${stamp}.csv` }).getByText('gifts')).toBeVisible();
  await look(page, 'imports of income and of gifts');
  await revertIncome.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).click();
  await expect(revertIncome).toHaveCount(0);
  for (const file of ['second', 'first']) {
    const revert = page.getByRole('button', { name: `Revert ${file} ${stamp}.csv` });
    await revert.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).click();
    await expect(revert).toHaveCount(0);
  }
});
