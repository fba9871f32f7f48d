import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { audit, settled } from './support/look';
import { expect, test } from './support/test';

const head = 'donor,ultimate_donor,date,amount,currency,earmarking,restriction,source_type\n';
const csv = (lines: string) => ({
  name: 'autumn.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(head + lines),
});

/** The figure under a name in the row above the charts. */
function figure(page: Page, name: string) {
  return page
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd')
    .first();
}

test('calls are filtered, and the address keeps the filters', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/calls');
  const rows = page.getByRole('table', { name: 'Calls' }).locator('tbody tr[data-index]');
  await expect(rows.first()).toBeVisible();
  const states = page.getByRole('group', { name: 'State' });
  await expect(states.getByRole('checkbox', { name: 'Open' })).toBeChecked();
  await expect(states.getByRole('checkbox', { name: 'Closed' })).not.toBeChecked();
  await states.getByText('Forthcoming', { exact: true }).click();
  await expect(page).toHaveURL(/where=.*state.*open/);
  await expect(rows.getByText('Forthcoming')).toHaveCount(0);

  await page.getByLabel('Programme').selectOption({ label: 'Internal Security Fund (ISF) (8)' });
  await expect(page).toHaveURL(/where=.*43252368/);
  await page.getByRole('searchbox', { name: 'Title, identifier or words' }).fill('trafficking');
  await expect(page).toHaveURL(/q=trafficking/);
  await expect(rows.first()).toContainText(/trafficking/i);
  const found = await rows.count();

  await page.reload();
  await expect(rows).toHaveCount(found);
  await expect(page.getByLabel('Programme')).toHaveValue('43252368');
  await rows.first().getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/trafficking/i);
  await page.goBack();
  await expect(page).toHaveURL(/43252368.*q=trafficking|q=trafficking.*43252368/);
  await expect(rows).toHaveCount(found);

  await page.getByRole('searchbox').fill('xylophone');
  await expect(page.getByText('No call matches these filters.')).toBeVisible();
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  await expect(page).toHaveURL(/\/calls\?view=all$/);
});

test('the page of a call has its deadlines and what the source changed', async ({ as, house }) => {
  const page = await as('fundraiser');
  const { items } = await (
    await house.client('fundraiser')
  ).get<{ items: { id: string; deadlines: unknown[] }[] }>('/calls?limit=100&state=open');
  const one = items.find((call) => call.deadlines.length > 1);
  await page.goto(`/calls/${one?.id ?? ''}`);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { name: 'Description' })).toBeVisible();
  await expect(main.getByText('Deadlines', { exact: true })).toBeVisible();
  await expect(main.getByText(/\d{1,2} \w{3} 20\d\d/).nth(1)).toBeVisible();
  await expect(main.getByRole('heading', { name: 'Changes' })).toBeVisible();
  await expect(main.getByRole('listitem').filter({ hasText: /First seen/ })).toBeVisible();
  await expect(main.getByRole('link', { name: 'Open at the source' })).toHaveAttribute(
    'href',
    /^https?:/,
  );
});

test('income is imported: the error is named, put right, and the money shows', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/funding');
  const total = figure(page, 'Income 20');
  await expect(total).toContainText('EUR');
  const before = amount(await total.innerText());
  await page.getByRole('link', { name: 'Import' }).click();
  await settled(page);

  const good = 'Oak Foundation,,2026-10-01,10000.00,EUR,unearmarked,unrestricted,foundation\n';
  const file = page.getByLabel('CSV or XLSX file');
  await file.setInputFiles(
    csv(`${good}Lighthouse Fund,,2026-13-45,2500.00,EUR,loose,unrestricted,foundation\n`),
  );
  await expect(page.getByText(/2 errors in 2 lines/)).toBeVisible();
  const wrong = page.getByRole('row').filter({ hasText: '2026-13-45' });
  await expect(wrong).toContainText('3');
  await expect(wrong).toContainText('date');
  await expect(wrong).toContainText('There is no such day.');
  await expect(page.getByRole('row').filter({ hasText: 'loose' })).toContainText('earmarking');
  await expect(page.getByRole('button', { name: /^Import 2 lines/ })).toBeDisabled();
  await audit(page, 'import with errors');

  await file.setInputFiles(
    csv(`${good}Lighthouse Fund,,2026-10-13,2500.00,EUR,unearmarked,unrestricted,foundation\n`),
  );
  await expect(page.getByText('2 lines, all understood.')).toBeVisible();
  await expect(page.getByText('1 new donor would be added')).toBeVisible();
  await audit(page, 'import without errors');
  await page.getByRole('button', { name: /^Import 2 lines/ }).click();
  await expect(page.getByText('2 lines imported, 1 new donor added.')).toBeVisible();
  await page.getByRole('link', { name: 'See the charts' }).click();
  await expect.poll(async () => amount(await total.innerText())).toBe(before + 12_500);

  // and taken back
  await page.goto('/funding/import');
  await page.getByRole('button', { name: 'Revert autumn.csv' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).click();
  await expect(page.getByText('autumn.csv has been taken back.')).toBeVisible();
  await page.goto('/funding');
  await expect.poll(async () => amount(await total.innerText())).toBe(before);
});

test('charts answer to the pointer, and a bar opens its lines', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/funding?from=2022&to=2025');
  const chart = page.getByRole('group', { name: /^Donor diversification|^Share/ }).first();
  const bar = chart.getByRole('link', { name: /^European Commission, 2025/ });
  await bar.hover();
  const spoken = (await bar.getAttribute('aria-label')) ?? '';
  const tip = page.locator('[class*="tip"]').filter({ hasText: 'European Commission, 2025' });
  await expect(tip.first()).toBeVisible();
  expect(spoken).toMatch(/%/);

  await bar.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Income' })).toBeVisible();
  await expect(page).toHaveURL(/year.*2025/);
  const rows = page.getByRole('table', { name: 'Income lines' }).locator('tbody tr[data-index]');
  await expect(rows.first()).toContainText('2025');
  // by ultimate donor: what its departments paid and what members passed on
  await expect(rows.filter({ hasText: 'DG JUST' }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'Fakulta Haven' }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'Oak Foundation' })).toHaveCount(0);

  // the keyboard walks the pieces: one stop, arrows, Enter
  await page.mouse.move(0, 0);
  await page.goBack();
  await expect(bar).toBeVisible();
  const stop = chart.locator('a[tabindex="0"]');
  await stop.focus();
  await page.keyboard.press('ArrowRight');
  await expect(chart.locator('a:focus')).toHaveAttribute('aria-label', /, 2023/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/year.*2023/);
});

test('by ultimate or by direct donor: the figures differ', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/funding');
  const largest = figure(page, 'Largest donor');
  await expect(largest).toHaveText(/%/);
  const ultimate = await largest.innerText();
  await page.getByText('Direct donor', { exact: true }).click();
  await expect(page).toHaveURL(/view=direct/);
  await expect(largest).not.toHaveText(ultimate);
  await expect(page.getByRole('main')).toContainText('DG JUST');

  await page
    .getByRole('radiogroup', { name: 'Donor diversification as' })
    .getByText('Table')
    .click();
  await expect(page.getByRole('table', { name: /^Income by donor/ })).toContainText('DG JUST');
  await audit(page, 'chart as a table');
});

test('income lines go out as CSV, as filtered', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/funding/income?year=2024');
  await expect(page.getByRole('table', { name: 'Income lines' })).toBeVisible();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  expect(lines[0]).toContain('Date,Donor,Money of,Earmarking,Source type,Amount,Currency,In EUR');
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.slice(1).every((line) => line.includes('2024-'))).toBe(true);
});

/** "EUR 719,593" as a number. */
function amount(text: string): number {
  return Number(text.replace(/[^0-9]/g, ''));
}
