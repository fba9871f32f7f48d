import { audit, look } from './support/look';
import { expect, test } from './support/test';

interface Found {
  items: { id: string; name: string }[];
}

test('the page of a stakeholder says who of us knows them, and the owner of the mail why', async ({
  as,
  house,
}) => {
  const client = await house.client('advocate');
  const { items } = await client.get<Found>('/stakeholders?q=roder&kind=person');
  const path = `/stakeholders/${items[0]?.id ?? ''}`;

  const owner = await as('advocate');
  await owner.goto(path);
  const mine = owner.getByRole('region', { name: 'Who of us knows them' });
  await expect(mine).toContainText('Katarzyna Wójcik');
  await expect(mine).toContainText('of 100');
  await expect(mine).toContainText(/3 mails both ways in 6 months/);
  await look(owner, 'who knows them');

  for (const role of ['fundraiser', 'board', 'administrator'] as const) {
    const other = await as(role);
    await other.goto(path);
    const theirs = other.getByRole('region', { name: 'Who of us knows them' });
    await expect(theirs).toContainText('Katarzyna Wójcik');
    await expect(theirs).not.toContainText('of 100');
    await expect(theirs).not.toContainText('mail');
  }
});

test('key stakeholders gone cold stand on Home, and the continuity report says who is known to one', async ({
  as,
}) => {
  const page = await as('advocate');
  await page.goto('/');
  const cold = page.getByRole('region', { name: 'Gone cold' });
  await expect(cold).toContainText('Matthias Zgraggen');
  await expect(cold).toContainText('Katarzyna Wójcik');
  await cold.getByRole('link', { name: 'All' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Continuity' })).toBeVisible();
  const only = page.getByRole('region', { name: 'Known to one colleague only', exact: true });
  await expect(only.first()).toContainText('Anneliese Röder');
  await expect(page.getByRole('region', { name: 'If a colleague left' }).first()).toContainText(
    'Jonas Lindqvist',
  );
  await look(page, 'continuity');
  await page.getByLabel('Key stakeholders').selectOption('mep');
  await expect(page).toHaveURL(/role=mep/);
  await expect(only.first()).toContainText('Giulia Ferrante');
});

test('before an account is closed, what only it knows is shown and can be downloaded', async ({
  as,
}) => {
  const page = await as('administrator');
  await page.goto('/settings/accounts');
  await page.getByRole('button', { name: 'Edit Katarzyna Wójcik' }).click();
  const dialog = page.getByRole('dialog', { name: 'Katarzyna Wójcik' });
  await dialog.getByRole('checkbox', { name: 'Closed' }).click();
  await expect(dialog).toContainText('To hand over from Katarzyna Wójcik');
  await expect(dialog.getByRole('link', { name: 'Anneliese Röder' })).toBeVisible();
  await expect(dialog).toContainText(/conversations? that only this colleague sees/);
  await audit(page, 'hand-over');
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download as Hand-over list' }).click();
  expect((await download).suggestedFilename()).toBe('handover.csv');
});

test('a calendar address is made, read without signing in, and revoked', async ({
  as,
  house,
  request,
}) => {
  const page = await as('advocate');
  await page.goto('/account');
  const section = page.getByRole('region', { name: 'Calendar addresses' }).first();
  await section.getByRole('button', { name: 'New address' }).click();
  const dialog = page.getByRole('dialog', { name: 'New calendar address' });
  await dialog.getByRole('textbox', { name: /called/ }).fill('Deadlines ahead');
  await audit(page, 'new calendar address');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const address = await dialog.getByText(/\/feeds\/.+\.ics/).innerText();
  expect(address.startsWith(house.url)).toBe(true);
  const read = await request.get(address);
  expect(read.status()).toBe(200);
  expect(await read.text()).toContain('BEGIN:VEVENT');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await look(page, 'calendar addresses');
  await section.getByRole('button', { name: 'Revoke Deadlines ahead' }).click();
  await expect(page.getByText('The address no longer works.')).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
});
