import { audit, look } from './support/look';
import { expect, test } from './support/test';

test.beforeEach(() => test.setTimeout(240_000));

test('a budget is drafted, adopted and spent', async ({ as, allow }) => {
  allow(422, /\/budgets\/[^/]+$/);
  const page = await as('fundraiser');
  const dialog = page.getByRole('dialog');
  const name = `Night line ${Date.now()}`;

  // Something to plan for.
  await page.goto('/funding/projects');
  await page.getByRole('button', { name: 'New project' }).click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('table', { name: 'Projects' })).toContainText(name);

  // A year that no other test plans. A line that stands twice is refused at its place.
  await page.goto('/funding/budget?year=2019');
  await page.getByRole('button', { name: /^(Write a budget|New version)$/ }).click();
  await expect(page.getByRole('heading', { name: /^Budget of 2019, version/ })).toBeVisible();
  // A version begins with the lines of the one before; this one begins empty.
  const outs = page.getByRole('button', { name: /^Take line \d+ out$/ });
  while ((await outs.count()) > 0) await outs.first().click();
  const write = async (n: number, category: string, figure: string) => {
    await page.getByRole('button', { name: 'Add a line' }).click();
    const line = page.getByRole('group', { name: `Line ${n}`, exact: true });
    await line.getByLabel('Project').selectOption(name);
    await line.getByLabel('Category').fill(category);
    await line.getByLabel('Amount').fill(figure);
  };
  await write(1, 'Staff', '12000.50');
  await write(2, 'staff', '1');
  const save = page.getByRole('button', { name: 'Save the draft' });
  await save.click();
  await expect(
    page.getByText('Another line has the same project, fund and category.'),
  ).toBeVisible();
  await look(page, 'a draft of a budget');
  await page.getByLabel('Category of line 2').fill('Phones');
  await save.click();
  await expect(page.getByText('The draft is saved.')).toBeVisible();
  await expect(page.getByText('EUR 12,002 together')).toBeVisible();

  // Adopted, it is frozen.
  await page.getByRole('button', { name: 'The board has adopted it' }).click();
  await dialog.getByRole('button', { name: 'It has' }).click();
  await expect(page.getByRole('table', { name: 'Lines of the budget' })).toContainText('12,001');
  await expect(page.getByRole('button', { name: 'Add a line' })).toHaveCount(0);

  // What is spent stands beside it, and behind the figure are the expenses.
  await page.goto('/funding/expenses?year=2019');
  await page.getByRole('button', { name: 'New expense' }).click();
  await dialog.getByLabel('Project').selectOption(name);
  await dialog.getByLabel('Category').fill('Phones');
  await dialog.getByRole('textbox', { name: 'Amount', exact: true }).fill('340');
  await dialog.getByLabel('Paid on').fill('2019-05-06');
  await dialog.getByLabel('What for').fill(`Headsets ${name}`);
  await audit(page, 'a new expense');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await page.goto('/funding/budget?year=2019');
  await page.getByRole('link', { name: /^Phones, realised: 340/ }).click();
  const line = page.getByRole('row').filter({ hasText: `Headsets ${name}` });
  await expect(line).toContainText('EUR 340.00');
  await line.getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(line).toHaveCount(0);
});

test('a file of expenses comes in whole or not at all, and is taken back', async ({ as }) => {
  const page = await as('fundraiser');
  const project = `Drop-in ${Date.now()}`;
  await page.goto('/funding/projects');
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(project);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.goto('/funding/expenses/import');
  const choose = (rows: string[]) =>
    page.getByLabel('File of expenses').setInputFiles({
      name: `${project}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(['date,project,category,amount,currency', ...rows].join('\n')),
    });
  await choose([`2018-02-03,${project},Rent,800,EUR`, '2018-02-31,Nowhere,Rent,1,EUR']);
  await expect(page.getByText(/^2 errors in 2 lines/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import 2 expenses' })).toBeDisabled();
  await look(page, 'errors in a file of expenses');
  await choose([`2018-02-03,${project},Rent,800,EUR`, `2018-03-03,${project},Rent,810.5,EUR`]);
  await page.getByRole('button', { name: 'Import 2 expenses' }).click();
  await expect(page.getByText('2 expenses imported.')).toBeVisible();
  await page.getByRole('link', { name: `${project}.csv` }).click();
  await expect(page.getByRole('row').filter({ hasText: 'EUR 810.50' })).toContainText(project);

  await page.goto('/funding/expenses/import');
  await page.getByRole('button', { name: `Revert ${project}.csv` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).click();
  await expect(page.getByRole('button', { name: `Revert ${project}.csv` })).toHaveCount(0);
});

test('an expense of a closed year says so, and none is added to it, until the year is opened again', async ({
  as,
  house,
  allow,
}) => {
  allow(422, /\/expenses$/);
  const client = await house.client('fundraiser');
  const project = `Closed room ${Date.now()}`;
  await client.send('POST', '/projects', { name: project });
  const { items } = await client.get<{ items: { id: string; name: string }[] }>(
    '/projects?limit=200',
  );
  const projectId = items.find(({ name }) => name === project)?.id ?? '';
  const amount = { minor: 12_300, currency: 'EUR' };
  await client.send('POST', '/expenses', {
    date: '2017-03-04',
    projectId,
    category: 'Rent',
    amount,
  });
  const page = await as('fundraiser');
  await client.send('POST', '/books/2017/close');
  try {
    await page.goto(`/funding/expenses?year=2017&projectId=${projectId}`);
    const row = page.getByRole('row').filter({ hasText: 'EUR 123.00' });
    await expect(row).toContainText('year closed');
    await row.getByRole('button', { name: /^Actions/ }).click();
    await expect(page.getByRole('menu')).toContainText(
      'Its year is closed. Correct it by an expense',
    );
    for (const name of ['Change…', 'Remove…'])
      await expect(page.getByRole('menuitem', { name })).toBeDisabled();
    await look(page, 'an expense of a closed year');
    await page.keyboard.press('Escape');

    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'New expense' }).click();
    await dialog.getByLabel('Project').selectOption(project);
    await dialog.getByLabel('Category').fill('Rent');
    await dialog.getByRole('textbox', { name: 'Amount', exact: true }).fill('1');
    await dialog.getByLabel('Paid on').fill('2017-05-06');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('The fiscal year 2017 is closed.')).toBeVisible();
    await look(page, 'an expense that a closed year does not take');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  } finally {
    await client.send('POST', '/books/2017/reopen', { reason: 'for the other tests' });
  }
  await page.reload();
  await page
    .getByRole('row')
    .filter({ hasText: 'EUR 123.00' })
    .getByRole('button', { name: /^Actions/ })
    .click();
  await expect(page.getByRole('menuitem', { name: 'Change…' })).toBeEnabled();
});

test('budget and reserves are a picture, and four files of it', async ({ as, house }) => {
  const page = await as('board');
  const client = await house.client('board');
  const files = async (title: string, name: string) => {
    await page.getByRole('button', { name: `Download ${title}` }).click();
    const items = page.getByRole('menu').getByRole('menuitem');
    await expect(items).toHaveCount(4);
    for (const [n, ending] of ['svg', 'png', 'csv', 'xlsx'].entries()) {
      const href = (await items.nth(n).getAttribute('href')) ?? '';
      expect(href).toContain(`/charts/${name}.${ending}`);
      expect(await client.status(href.replace('/api/v1', ''))).toBe(200);
    }
    await page.keyboard.press('Escape');
  };

  await page.goto('/funding/budget');
  const budget = page.getByRole('group', { name: /^Realised and committed by project in/ });
  const piece = budget.getByRole('link', { name: /^Realised, / }).first();
  await piece.focus();
  await expect(page.getByText(/EUR [\d,]+ of EUR [\d,]+ planned/).first()).toBeVisible();
  await files('budget and realisation by project', 'realisation');
  await look(page, 'budget as a picture');
  await piece.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/funding\/expenses\?.*projectId=/);

  await page.goto('/funding/reserves');
  const months = page.getByRole('group', { name: /^Months of free reserves by statement/ });
  await expect(months.getByRole('img').first()).toHaveAccessibleName(/[\d.]+ months, EUR .* free$/);
  await files('months of free reserves', 'reserveMonths');
  await look(page, 'months of free reserves');
});
