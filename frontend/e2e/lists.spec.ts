import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
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
  const boxes = table.locator('tbody').getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('3 selected');
  await look(page, 'rows selected');
  await bar.getByRole('button', { name: 'Change…' }).click();

  const dialog = page.getByRole('dialog', { name: 'Change 3 records' });
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

/** What the open list exports as CSV, line by line, the header first. */
async function exported(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Export' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const text = await readFile(await (await waiting).path(), 'utf8');
  return text.replace('\ufeff', '').trim().split(/\r?\n/);
}

/** Saves what is shown as a view, pinned. */
async function saveView(page: Page, name: string, shared = false) {
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: 'Save as…' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  if (shared) await page.getByLabel('Share it with the team').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(views.getByRole('button', { name, exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
}

test('a view of calls is saved, opened again and exported as it is shown', async ({ as }) => {
  test.slow();
  const page = await as('fundraiser');
  await page.goto('/calls?view=all');
  const table = page.getByRole('table', { name: 'Calls' });
  const rows = table.locator('tbody tr[data-index]');
  await expect(rows.first()).toBeVisible();
  // A quick filter is a part of the same tree.
  await page
    .getByRole('group', { name: 'State' })
    .getByText('Forthcoming', { exact: true })
    .click();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Filter' });
  await panel.getByRole('button', { name: 'Add a condition' }).click();
  await panel.getByLabel('Field').nth(1).selectOption('Budget in EUR');
  await panel.getByLabel('Value of Budget in EUR').fill('1000000');
  await audit(page, 'filter of calls');
  await panel.getByRole('button', { name: 'Show' }).click();
  const chip = page.getByRole('button', { name: 'Budget in EUR at least 1,000,000', exact: true });
  await expect(chip).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Programme', exact: true }).uncheck();
  await page.getByRole('checkbox', { name: 'Largest grant', exact: true }).check();
  await page.keyboard.press('Escape');
  await table.getByRole('button', { name: 'Deadline' }).click();
  await expect(page).toHaveURL(/sort=-deadline/);
  await saveView(page, 'Large open calls');
  await look(page, 'a view of calls');

  await page.goto('/calls?view=all');
  await expect(chip).toHaveCount(0);
  await page.getByRole('button', { name: 'Large open calls', exact: true }).click();
  await expect(chip).toBeVisible();
  const headers = table.getByRole('columnheader').filter({ hasText: /./ });
  await expect(headers).toHaveText(['Call', 'State', 'Deadline', 'Budget', 'Largest grant']);
  const chips = page.getByRole('group', { name: 'State' });
  await expect(chips.getByLabel('Open')).toBeChecked();
  await expect(chips.getByLabel('Closed')).not.toBeChecked();
  const titles = await rows.getByRole('link').allTextContents();
  const lines = await exported(page);
  // Money says nothing without its currency, so a table of it has one.
  expect(lines[0]).toBe('Call,State,Deadline,Budget,Currency,Largest grant');
  expect(titles.length).toBeGreaterThan(0);
  titles.forEach((title, at) => expect(first(lines[at + 1])).toContain(title));
  expect(lines.slice(1).every((line) => line.includes(',open,'))).toBe(true);
});

test('a view of income is shared with the board, which sees and exports the same', async ({
  as,
  browser,
  house,
}) => {
  test.slow();
  const page = await as('fundraiser');
  await page.goto('/funding/income?view=all');
  await page.getByLabel('Fiscal year').selectOption('2024');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Filter' });
  await panel.getByRole('button', { name: 'Add a condition' }).click();
  await panel.getByLabel('Field').nth(1).selectOption('Amount in EUR');
  await panel.getByLabel('Value of Amount in EUR').fill('10000,50');
  await panel.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/worth.*atLeast.*10000\.5/);
  const table = page.getByRole('table', { name: 'Income lines' });
  await table.getByRole('button', { name: 'Amount' }).click();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Money of', exact: true }).uncheck();
  await page.getByRole('checkbox', { name: 'Standing', exact: true }).check();
  await page.keyboard.press('Escape');
  await saveView(page, 'Large gifts of 2024', true);
  await look(page, 'a view of income');
  const total = await page.getByText(/lines, cash received/).innerText();

  const other = await another(browser, house, 'board');
  await other.goto('/funding/income');
  await other.getByRole('button', { name: 'Large gifts of 2024' }).click();
  await expect(other.getByText(total, { exact: true })).toBeVisible();
  await other.getByRole('button', { name: 'More about the view Large gifts of 2024' }).click();
  await other.getByRole('menuitem', { name: 'Make it my default' }).click();
  await expect(other.getByText('The list opens with Large gifts of 2024.')).toBeVisible();
  await other.goto('/funding/income');
  await expect(other).toHaveURL(/where=.*2024/);
  const lines = await exported(other);
  expect(lines[0]).toBe('Date,Donor,Earmarking,Source type,Amount,Currency,In EUR,Standing');
  expect(`${lines.length - 1} lines, cash received`).toBe(total);
  expect(lines.slice(1).every((line) => line.startsWith('2024-'))).toBe(true);
  await other.context().close();

  // Who may not read the ledger does not learn of its views.
  const advocate = await house.client('advocate');
  expect(await advocate.status('/views?list=income')).toBe(403);
});

/** A list, what narrows and orders it, and how its table is called. */
interface Viewed {
  list: string;
  table: string;
  path: string;
  /** A column taken out and one put in, and one that it is ordered by. */
  without: string;
  having: string;
  by: string;
  headers: string[];
  /** The header of the export, where money brings its currency. */
  line: string;
}

const viewed: Viewed[] = [
  {
    list: 'agreements',
    table: 'Agreements',
    path: '/funding/agreements?view=all&where=["state","is","running"]',
    without: 'Money of',
    having: 'Signed',
    by: 'Agreement',
    headers: ['Agreement', 'Donor', 'State', 'Ends', 'Owed next', 'Amount', 'Signed'],
    line: 'Agreement,Donor,State,Ends,Owed next,Amount,Currency,Signed',
  },
  {
    list: 'the pipeline as a table',
    table: 'Opportunities',
    path: '/pipeline?as=table&view=all&where=["open","is",true]',
    without: 'Decision',
    having: 'Owner',
    by: 'Opportunity',
    headers: ['Opportunity', 'Donor', 'Stage', 'Ask', 'Probability', 'Deadline', 'Owner'],
    line: 'Opportunity,Donor,Stage,Ask,Currency,"Probability, %",Deadline,Owner',
  },
  {
    list: 'tasks',
    table: 'Tasks',
    path: '/tasks?view=all&q=report&where=["state","is","open"]',
    without: 'Stakeholders',
    having: 'Added',
    by: 'What',
    headers: ['Done', 'What', 'Due', 'Owner', 'Added'],
    line: 'What,Due,Owner,Added',
  },
];

for (const { list, table: name, path, without, having, by, headers, line } of viewed) {
  test(`a view of ${list} is saved, opened by its address and exported as it is shown`, async ({
    as,
    browser,
    house,
  }) => {
    test.slow();
    const page = await as('fundraiser');
    await page.goto(path);
    const table = page.getByRole('table', { name, exact: true });
    await expect(table.locator('tbody tr[data-index]').first()).toBeVisible();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: without, exact: true }).uncheck();
    await page.getByRole('checkbox', { name: having, exact: true }).check();
    await page.keyboard.press('Escape');
    await table.getByRole('button', { name: by, exact: true }).click();
    await expect(page).toHaveURL(/sort=title/);
    await saveView(page, `Checked ${name}`, true);
    await look(page, `a view of ${list}`);
    const titles = await titlesOf(table);

    // A colleague who gets the address sees the same, and the export is what is on the screen.
    const other = await another(browser, house, 'board');
    await other.goto(page.url());
    await expect(
      other.getByRole('button', { name: `Checked ${name}`, exact: true }),
    ).toHaveAttribute('aria-current', 'page');
    await expect(other.getByText('changed', { exact: true })).toHaveCount(0);
    const theirs = other.getByRole('table', { name, exact: true });
    await expect(theirs.getByRole('columnheader').filter({ hasText: /./ })).toHaveText(headers);
    await expect.poll(() => titlesOf(theirs)).toEqual(titles);
    const lines = await exported(other);
    expect(lines[0]).toBe(line);
    expect(titles.length).toBeGreaterThan(0);
    expect(lines).toHaveLength(titles.length + 1);
    titles.forEach((title, at) => expect(first(lines[at + 1])).toContain(title));
    await other.context().close();
  });
}

/** What each row of a table is of: its first link. */
const titlesOf = (table: Locator) =>
  table
    .locator('tbody tr[data-index]')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('a')?.textContent ?? ''));

/** The beginning of a line of CSV without its quotes. */
const first = (line: string | undefined) => line?.replace(/^"/, '').replaceAll('""', '"') ?? '';
