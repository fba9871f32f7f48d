import { addDays, today } from '../src/shared/format/date';
import { look } from './support/look';
import { expect, test } from './support/test';

interface Found {
  items: { id: string }[];
}

test('a rule is written, proposes what it says, is removed and taken back', async ({
  as,
  allow,
  house,
}) => {
  test.setTimeout(120_000);
  allow(422, /requirement-rules$/);
  const api = await house.client('fundraiser');
  const donors = await api.get<Found>('/stakeholders?q=Sigrid+Rausing&role=donor&limit=1');
  const title = 'Shelter standards in three cities';
  await api.send('POST', '/agreements', {
    title,
    donorId: donors.items[0]?.id,
    signedOn: addDays(today(), -10),
    from: addDays(today(), -5),
    to: addDays(today(), 200),
    amount: { minor: 9_000_000, currency: 'EUR' },
  });
  const page = await as('fundraiser');
  await page.goto('/funding/obligations');
  await page.getByRole('link', { name: 'Rules', exact: true }).click();
  const rules = page.getByRole('table', { name: 'Rules for requirements' });
  await expect(rules.getByText('Certificate on the financial statements').first()).toBeVisible();

  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is required').fill('x'.repeat(301));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByLabel('What is required')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('What is required').fill('Photographs of the opening');
  await dialog.getByLabel('Kind').selectOption({ label: 'Visibility' });
  await dialog.getByRole('textbox', { name: 'Days' }).fill('14');
  await dialog.getByLabel('Before or after').selectOption('before');
  await dialog.getByRole('textbox', { name: 'Only above' }).fill('50000');
  await look(page, 'a rule for requirements');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = rules.getByRole('row', { name: /Photographs of the opening/ });
  await expect(row).toContainText('Every source, above EUR 50,000');
  await expect(row).toContainText('14 days before the term ends');

  // It is proposed on the page of an agreement, and added by a person.
  await page.goto('/funding/agreements?q=shelter+standards');
  await page.getByRole('link', { name: title }).click();
  const requirements = page.getByRole('region', { name: 'Requirements' });
  await expect(requirements.getByLabel(/^Photographs of the opening, due/)).toBeChecked();

  await requirements.getByRole('link', { name: 'the rules' }).click();
  await row.getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('14 days before the term ends');
  await row.getByRole('button', { name: /^Actions/ }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Days' })).toHaveValue('14 days');
  await expect(dialog.getByLabel('Before or after')).toHaveValue('before');
  await dialog.getByLabel('Counted from').selectOption({ label: 'the term begins' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('14 days before the term begins');
});

test('an advocate reads the rules and changes none', async ({ as }) => {
  const page = await as('advocate');
  await page.goto('/funding/obligations/rules');
  await expect(page.getByRole('table', { name: 'Rules for requirements' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New rule' })).toHaveCount(0);
});
