import { expect, test } from './support/test';

test('the board sees figures and charts, and nothing of mail', async ({ as, house }) => {
  const page = await as('board');
  await page.goto('/');
  const nav = page.getByRole('navigation', { name: 'Main' });
  await expect(nav.getByRole('link', { name: 'Funding' })).toBeVisible();
  await expect(nav.getByRole('link', { name: 'Mail' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Recent mail' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'How dependent we are' })).toContainText(
    'European Commission',
  );
  await expect(page.getByRole('region', { name: 'How dependent we are' })).toContainText(
    /Free reserves\s*\d+\.\d months/,
  );
  const targets = page.getByRole('region', { name: 'The board’s targets' });
  await expect(
    targets.getByRole('listitem').filter({ hasText: 'EU share below 50.0 %' }),
  ).toHaveText(/by 2028\s*now \d+\.\d %\s*(Behind|On track|Reached)/);

  await nav.getByRole('link', { name: 'Funding' }).click();
  for (const name of ['Donor diversification', 'Earmarked and unearmarked income']) {
    await expect(page.getByRole('heading', { name })).toBeVisible();
  }
  await expect(page.locator('svg a[data-at]').first()).toBeVisible();
  await expect(page.getByText('Effective funders').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import' })).toHaveCount(0);

  const client = await house.client('board');
  for (const path of ['/threads', '/messages', '/mailboxes', '/guardrail', '/accounts', '/audit']) {
    expect(await client.status(path), path).toBe(403);
  }
});

test('mail is refused to the board with a sentence and a way back', async ({ as }) => {
  const page = await as('board');
  await page.goto('/mail');
  await expect(page.getByRole('heading', { name: 'Not part of your role' })).toBeVisible();
  await expect(page.getByText('Your access role does not include this page.')).toBeVisible();
  await page.getByRole('link', { name: 'Go to Home' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Good / })).toBeVisible();
});

test('the board reads stakeholders and changes none', async ({ as, house }) => {
  const page = await as('board');
  await page.goto('/stakeholders');
  await expect(page.getByRole('table', { name: 'Stakeholders' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'New', exact: true })).toHaveCount(0);
  await page.getByRole('link', { name: 'Council of Europe' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Council of Europe' })).toBeVisible();
  for (const name of ['Edit', 'Trash']) {
    await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  await expect(page.getByRole('heading', { name: 'Mail', exact: true })).toHaveCount(0);

  await page.goto('/stakeholders/new');
  await expect(page.getByRole('heading', { name: 'Not part of your role' })).toBeVisible();

  const client = await house.client('board');
  await expect(
    client.send('POST', '/stakeholders', { kind: 'person', name: 'Nobody' }),
  ).rejects.toThrow('403');
});
