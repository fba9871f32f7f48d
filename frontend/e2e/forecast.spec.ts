import { audit, settled } from './support/look';
import { expect, test } from './support/test';

interface Limits {
  rev: number;
  hhi: object;
  top1: object;
  top3: object;
  reserveMonths: object;
}

test('a fundraiser supposes something and sees it beside the base', async ({ as, allow }) => {
  allow(422, /\/scenarios$/); // a day that is missing
  const page = await as('fundraiser');
  await page.goto('/funding/what-if');
  await page.getByRole('button', { name: 'New scenario' }).click();
  const dialog = page.getByRole('dialog', { name: 'New scenario' });
  await dialog.getByLabel('Name').fill('A legacy');
  await dialog.getByRole('button', { name: 'Add income' }).click();
  await dialog.getByLabel('Amount, EUR').fill('120000');
  await dialog.getByLabel('From').fill('');
  await dialog.getByRole('button', { name: 'Save and compare' }).click();
  // What is wrong is said at its field, and nothing is saved.
  await expect(dialog.getByText('A day of the form 2026-03-29 is needed.')).toBeVisible();
  await audit(page, 'a scenario that was refused');
  const next = new Date().getFullYear() + 1;
  await dialog.getByLabel('From').fill(`${next}-02-01`);
  await dialog.getByRole('button', { name: 'Save and compare' }).click();
  await expect(dialog).toBeHidden();

  const table = page.getByRole('table', { name: 'Differences' });
  await expect(table.getByRole('columnheader', { name: 'A legacy' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'A legacy' })).toBeVisible();
  const secured = table.getByRole('row', { name: /Secured, 36 months/ }).getByRole('cell');
  const amount = async (at: number) =>
    Number((await secured.nth(at).innerText()).replaceAll(/[^\d]/g, ''));
  expect((await amount(1)) - (await amount(0))).toBe(120_000);
  // The address says what is compared, so it can be sent to a colleague.
  await expect(page).toHaveURL(/beside=/);
  await page.reload();
  await expect(table.getByRole('columnheader', { name: 'A legacy' })).toBeVisible();
});

test('an opportunity of the pipeline is won in a scenario, and its money becomes secured', async ({
  as,
  house,
}) => {
  const client = await house.client('fundraiser');
  const { items: donors } = await client.get<{ items: { id: string }[] }>(
    '/stakeholders?q=bosch&kind=organisation',
  );
  const next = new Date().getFullYear() + 1;
  await client.send('POST', '/opportunities', {
    title: 'Larkspur fellowship',
    donorId: donors[0]?.id,
    ask: { minor: 9_000_000, currency: 'EUR' },
    from: `${next}-01-01`,
    to: `${next}-12-31`,
    probability: 40,
    probabilityReason: 'They have asked us to apply.',
    key: 'larkspur',
  });
  const page = await as('fundraiser');
  await page.goto('/funding/what-if');
  await page.getByRole('button', { name: 'New scenario' }).click();
  const dialog = page.getByRole('dialog', { name: 'New scenario' });
  await dialog.getByLabel('Name').fill('Larkspur comes');
  await dialog.getByRole('button', { name: 'Win', exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Opportunity' }).fill('larkspur');
  await page.getByRole('option', { name: /Larkspur fellowship.*EUR 90,000.*40 %/ }).click();
  await dialog.getByRole('button', { name: 'Save and compare' }).click();
  await expect(dialog).toBeHidden();
  const row = (name: RegExp) =>
    page.getByRole('table', { name: 'Differences' }).getByRole('row', { name }).getByRole('cell');
  const gain = async (name: RegExp) => {
    const [base = 0, won = 0] = (await row(name).allInnerTexts()).map((text) =>
      Number(text.replaceAll(/[^\d]/g, '')),
    );
    return won - base;
  };
  await expect(page.getByRole('columnheader', { name: 'Larkspur comes' })).toBeVisible();
  expect(await gain(/Secured, 36 months/)).toBe(90_000);
  expect(await gain(/Pipeline, weighted/)).toBe(-36_000);
});

test('a directorate can be lost by itself: in the loss test, and in a scenario', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/funding/what-if');
  const table = page.getByRole('table', { name: 'Loss test' });
  await expect(table.getByRole('link', { name: 'European Commission' })).toBeVisible();
  await expect(table.getByRole('link', { name: /^DG JUST/ })).toHaveCount(0);
  await page.getByText('Direct donor', { exact: true }).click();
  const justice = table.getByRole('row', { name: /^DG JUST/ });
  await expect(justice).toBeVisible();
  await expect(page).toHaveURL(/view=direct/);
  const digits = (text: string) => Number(text.replaceAll(/[^\d]/g, ''));
  const lost = digits(await justice.getByRole('cell').first().innerText());

  await page.getByRole('button', { name: 'New scenario' }).click();
  const dialog = page.getByRole('dialog', { name: 'New scenario' });
  await dialog.getByLabel('Name').fill('Without DG JUST');
  await dialog.getByRole('button', { name: 'Lose a donor' }).click();
  await dialog.getByRole('combobox', { name: 'Donor' }).fill('dg just');
  await page.getByRole('option', { name: /^DG JUST/ }).click();
  await audit(page, 'a scenario without a directorate');
  await dialog.getByRole('button', { name: 'Save and compare' }).click();
  await expect(dialog).toBeHidden();
  const cells = (name: RegExp) =>
    page.getByRole('table', { name: 'Differences' }).getByRole('row', { name }).getByRole('cell');
  await expect(page.getByRole('columnheader', { name: 'Without DG JUST' })).toBeVisible();
  const gone = async (name: RegExp) => {
    const [base = 0, without = 0] = (await cells(name).allInnerTexts()).map(digits);
    return base - without;
  };
  const all = (await gone(/Secured, 36 months/)) + (await gone(/Pipeline, weighted/));
  expect(Math.abs(all - lost)).toBeLessThanOrEqual(2); // each is rounded to euros
  expect(lost).toBeGreaterThan(0);
});

test('the board sees forecast, reserves, budget and its targets, and writes targets only', async ({
  as,
  house,
}) => {
  const page = await as('board');
  await page.goto('/funding');
  await expect(page.getByRole('table', { name: 'Targets' })).toContainText('EU share below 50.0 %');
  await expect(page.getByText('Core coverage').first()).toBeVisible();

  const pages = page.getByRole('navigation', { name: 'Funding' });
  await pages.getByRole('link', { name: 'Forecast' }).click();
  await expect(page.getByRole('img', { name: /^Forecast: secured/ })).toBeVisible();
  await page.getByText('Accrued', { exact: true }).click();
  await expect(page).toHaveURL(/basis=accrued/);
  await expect(page.getByText(/Basis: accrued · as of/).first()).toBeVisible();

  await pages.getByRole('link', { name: 'Budget' }).click();
  await expect(page.getByRole('table', { name: 'Budget versus realisation' })).toContainText(
    'Secretariat',
  );
  await pages.getByRole('link', { name: 'Reserves' }).click();
  await settled(page);
  await expect(page.getByRole('table', { name: 'Reserve statements' })).toContainText('amber');
  await expect(page.getByRole('button', { name: 'New statement' })).toHaveCount(0);

  const client = await house.client('board');
  await expect(
    client.send('POST', '/scenarios', { name: 'Not mine to save', changes: [] }),
  ).rejects.toThrow('403');
  for (const path of ['/charts/forecast.csv', '/charts/forecast.xlsx', '/finance/losses.csv']) {
    expect(await client.status(path), path).toBe(200);
  }
});

test('behind each figure of a month are lines that add up to it', async ({ as, house }) => {
  const client = await house.client('fundraiser');
  const { months, secured } = await client.get<{ months: string[]; secured: number[] }>(
    '/finance/forecast?basis=accrued',
  );
  const at = secured.findIndex((cents) => cents > 0);
  const month = await client.get<{ secured: { cents: number; lines: { cents: number }[] } }>(
    `/finance/forecast/${months[at]}?basis=accrued`,
  );
  expect(month.secured.lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(secured[at]);

  const page = await as('fundraiser');
  await page.goto('/funding/forecast?basis=accrued');
  const table = page.getByRole('table', { name: 'Forecast by month' });
  const figure = table.getByRole('link', { name: /^Secured of / }).first();
  await figure.focus();
  await figure.press('Enter');
  const dialog = page.getByRole('dialog');
  const sum = dialog.getByRole('row', { name: /^Together/ });
  await expect(sum).toContainText(
    ((secured[at] ?? 0) / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 }),
  );
  await audit(page, 'a month of the forecast');
  await dialog.getByText('All work', { exact: true }).click();
  await expect(dialog.getByRole('table', { name: /^All work/ })).toContainText('Secretariat');
  await expect(page).toHaveURL(/part=cost/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // The picture opens the same.
  await page
    .getByTitle(/^What makes /)
    .nth(at)
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`month=${months[at]}`));
});

test('the board changes the limits, and every mark moves', async ({ as, house, allow }) => {
  allow(422, /\/limits$/); // amber above red
  const client = await house.client('board');
  const before = await client.get<Limits>('/limits');
  const page = await as('board');
  await page.goto('/funding');
  const dialog = page.getByRole('dialog', { name: 'Limits that mark a figure' });
  const hhi = dialog.getByRole('group', { name: 'HHI' });
  const choose = async (amber: string, red: string) => {
    await hhi.getByLabel('Amber').fill(amber);
    await hhi.getByLabel('Red').fill(red);
    await dialog.getByRole('button', { name: 'Save' }).click();
  };
  const mark = page
    .getByText('Effective funders', { exact: true })
    .locator('..')
    .getByText(/limit$/);
  try {
    await page.getByRole('button', { name: 'Limits', exact: true }).click();
    await audit(page, 'limits');
    await choose('0.99', '0.95');
    await expect(dialog.getByText('Amber comes before red.')).toBeVisible();
    await choose('0.9', '0.95');
    await expect(dialog).toBeHidden();
    // The strip, the words and the marks come from the same limits.
    await expect(page.getByText(/The limits 0.9 \(amber\) and 0.95 \(red\)/)).toBeVisible();
    await expect(mark).toHaveCount(0);

    await page.getByRole('button', { name: 'Limits', exact: true }).click();
    await choose('0.001', '0.002');
    await expect(dialog).toBeHidden();
    await expect(page.getByText(/The limits 0.001 \(amber\) and 0.002 \(red\)/)).toBeVisible();
    await expect(mark).toHaveText('above the red limit');
  } finally {
    const { rev } = await client.get<Limits>('/limits');
    const { hhi, top1, top3, reserveMonths } = before;
    await client.send('PUT', '/limits', { hhi, top1, top3, reserveMonths }, rev);
  }
});

test('an advocate sees no figures', async ({ house }) => {
  const client = await house.client('advocate');
  for (const path of [
    '/finance/forecast',
    '/finance/losses',
    '/reserves',
    '/scenarios',
    '/targets',
  ]) {
    expect(await client.status(path), path).toBe(403);
  }
});
