import { expect, test, type Client } from './support/test';
import { look } from './support/look';

/** The page of the first stakeholder that a text finds. */
async function pathOf(client: Client, q: string): Promise<string> {
  const { items } = await client.get<{ items: { id: string }[] }>(
    `/stakeholders?limit=1&q=${encodeURIComponent(q)}`,
  );
  return `/stakeholders/${items[0]?.id ?? ''}`;
}

test('an advocate writes down where somebody stands, and corrects it', async ({ as, house }) => {
  const page = await as('advocate');
  await page.goto(await pathOf(await house.client('advocate'), 'Anneliese Röder'));
  const section = page.getByRole('region', { name: 'Positions' });
  const lines = section.getByRole('list', { name: 'Positions', exact: true });
  await expect(lines).toContainText('Champion');
  await expect(lines).toContainText('2 steps towards us');
  await look(page, 'positions of a stakeholder');
  await section.getByRole('button', { name: 'Add a position' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'Data protection of trafficked persons' }).click();
  await dialog.getByRole('combobox', { name: 'Position' }).click();
  await page.getByRole('option', { name: 'Sceptical' }).click();
  await dialog.getByLabel('Evidence').fill('Asked for a register of victims.');
  await dialog.getByLabel('Since').fill('2026-03-29');
  await look(page, 'a new position');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const line = lines.getByRole('listitem').filter({ hasText: 'Data protection' });
  await expect(line).toContainText('Sceptical');
  await expect(line).toContainText('29 Mar 2026');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('Positions', { exact: true }).click();
  await expect(timeline).toContainText('Asked for a register of victims.');

  await line.getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Correct…' }).click();
  await page.getByRole('dialog').getByLabel('Evidence').fill('Asked who would read a register.');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(line).toContainText('Asked who would read a register.');
  await line.getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(line).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line).toContainText('Asked who would read a register.');
});

test('priorities are named anew, and added', async ({ as, house }) => {
  const page = await as('advocate');
  await page.goto(await pathOf(await house.client('advocate'), 'Clémence Aubrey'));
  const section = page.getByRole('region', { name: 'Positions' });
  await section.getByRole('button', { name: 'Priorities…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Our priorities' });
  await dialog.getByRole('textbox', { name: 'Priority 2' }).fill('Compensation for all');
  await dialog.getByRole('button', { name: 'Add a priority' }).click();
  await dialog.getByRole('textbox', { name: 'Priority 10' }).fill('Public procurement');
  await look(page, 'the priorities');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(section).toContainText('Compensation for all');
});

test('others read positions and cannot write them', async ({ as, house }) => {
  const page = await as('fundraiser');
  await page.goto(await pathOf(await house.client('fundraiser'), 'Branislav Horváth'));
  const section = page.getByRole('region', { name: 'Positions' });
  await expect(section).toContainText('Voted against in committee');
  await expect(section.getByRole('button')).toHaveCount(0);
});
