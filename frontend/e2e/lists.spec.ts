import { readFile } from 'node:fs/promises';
import { audit, look } from './support/look';
import { another, expect, test } from './support/test';

test('a filter is put together, stands in the address and outlives a reload', async ({ as }) => {
  test.slow();
  const page = await as('advocate');
  await page.goto('/stakeholders?view=all');
  const rows = page.getByRole('table', { name: 'Stakeholders' }).locator('tbody tr[data-index]');
  await expect(rows.first()).toBeVisible();

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Filter' });
  await panel.getByLabel('Field').selectOption('Role');
  await panel.getByRole('combobox', { name: 'Value of Role' }).click();
  await page.getByRole('option', { name: 'MEP' }).click();
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Add a group' }).click();
  const inner = panel
    .getByRole('group')
    .filter({ has: page.getByLabel('Remove this group') })
    .last();
  await inner.getByLabel('Field').selectOption('Country');
  await inner.getByRole('combobox', { name: 'Value of Country' }).click();
  await page.getByRole('option', { name: 'Germany' }).click();
  await audit(page, 'filter panel');
  await panel.getByRole('button', { name: 'Show' }).click();

  await expect(page.getByRole('button', { name: 'Role is MEP', exact: true })).toBeVisible();
  await expect(rows).toHaveCount(1);
  const where = new URL(page.url()).searchParams.get('where');
  expect(where).toBe('["and",["roles","has","mep"],["country","is","DE"]]');
  await page.reload();
  await expect(rows).toHaveCount(1);
  await look(page, 'a filtered list');
  await page.getByRole('button', { name: 'Remove: Country is Germany' }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(1);
});

test('an export has the columns, the order and the rows that are shown', async ({ as }) => {
  const page = await as('advocate');
  await page.goto('/stakeholders?role=mep&sort=-name&view=all');
  const table = page.getByRole('table', { name: 'Stakeholders' });
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const column of ['Roles', 'Tags', 'Changed'])
    await page.getByLabel(column, { exact: true }).uncheck();
  await page.getByRole('button', { name: 'Email earlier' }).click();
  await audit(page, 'column chooser');
  await page.keyboard.press('Escape');
  const headers = table.getByRole('columnheader').filter({ hasText: /./ });
  await expect(headers).toHaveText(['Name', 'Email', 'Country']);
  const names = await table.getByRole('link').allTextContents();

  await page.getByRole('button', { name: 'Export' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const lines = (await readFile(await (await waiting).path(), 'utf8')).trim().split(/\r?\n/);
  expect(lines[0]?.replace('\ufeff', '')).toBe('Name,Email,Country');
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(names);

  await page.getByRole('button', { name: 'Export' }).click();
  const sheet = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Spreadsheet (XLSX)' }).click();
  expect((await sheet).suggestedFilename()).toBe('stakeholders.xlsx');
});

test('a view is saved and shared, a colleague opens and chooses it, and it goes again', async ({
  as,
  browser,
  house,
}) => {
  test.slow();
  const page = await as('advocate');
  await page.goto('/stakeholders?role=mep&view=all');
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: 'Save as…' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Our MEPs');
  await page.getByLabel('Share it with the team').check();
  await audit(page, 'saving a view');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(views.getByRole('button', { name: 'Our MEPs', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await page.getByRole('table').getByRole('button', { name: 'Country' }).click();
  await expect(views.getByText('changed')).toBeVisible();
  await views.getByRole('button', { name: 'Save changes' }).click();
  await expect(views.getByText('changed')).toHaveCount(0);
  await look(page, 'a view');

  // The board sees it, may not change it, and opens the list with it.
  const other = await another(browser, house, 'board');
  await other.goto('/stakeholders');
  await other.getByRole('button', { name: 'Our MEPs' }).click();
  const shown = await page.getByRole('table').locator('tbody tr[data-index]').count();
  await expect(other.getByRole('table').locator('tbody tr[data-index]')).toHaveCount(shown);
  await other.getByRole('button', { name: 'More about the view Our MEPs' }).click();
  await expect(other.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await other.getByRole('menuitem', { name: 'Make it my default' }).click();
  await expect(other.getByText('The list opens with Our MEPs.')).toBeVisible();
  await other.goto('/stakeholders');
  await expect(other).toHaveURL(/where=.*mep/);
  await other.context().close();

  await views.getByRole('button', { name: 'More about the view Our MEPs' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(views.getByRole('button', { name: 'Our MEPs' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(views.getByRole('button', { name: 'Our MEPs' })).toBeVisible();
  await views.getByRole('button', { name: 'Our MEPs' }).click();
  await views.getByRole('button', { name: 'More about the view Our MEPs' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(views.getByRole('button', { name: 'Our MEPs' })).toHaveCount(0);
});

test('many records are changed at once, after a preview, and put back', async ({ as }) => {
  test.slow();
  const page = await as('advocate');
  await page.goto('/stakeholders?role=mep&view=all');
  const table = page.getByRole('table', { name: 'Stakeholders' });
  await table.getByRole('checkbox', { name: 'Select row 1', exact: true }).check();
  await table
    .getByRole('checkbox', { name: 'Select row 3', exact: true })
    .click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('3 selected');
  await look(page, 'rows selected');
  await bar.getByRole('button', { name: 'Edit…' }).click();

  const dialog = page.getByRole('dialog', { name: 'Edit 3 records' });
  await dialog.getByLabel('What to do').selectOption('Add tag');
  await dialog.getByLabel('Value of Tag').fill('hearing 2027');
  await audit(page, 'choosing a change');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('table', { name: 'Records' }).locator('tbody tr')).toHaveCount(3);
  await expect(dialog.getByRole('table')).toContainText('hearing 2027');
  await audit(page, 'preview of a bulk edit');
  await dialog.getByRole('button', { name: 'Change 3 records' }).click();
  await expect(page.getByText('3 records changed.')).toBeVisible();
  await expect(table.getByText('hearing 2027')).toHaveCount(3);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('3 records as before.')).toBeVisible();
  await expect(table.getByText('hearing 2027')).toHaveCount(0);
  await page.goto('/stakeholders/edits');
  await expect(page.getByRole('table', { name: 'Bulk edits' })).toContainText(
    'Add tag “hearing 2027”',
  );
  await expect(page.getByRole('table', { name: 'Bulk edits' })).toContainText('Undone');
  await look(page, 'bulk edits');
});

test('the board selects nothing', async ({ as }) => {
  const page = await as('board');
  await page.goto('/stakeholders?view=all');
  await expect(page.getByRole('table', { name: 'Stakeholders' })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});
