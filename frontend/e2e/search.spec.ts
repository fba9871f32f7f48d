import { expect, test } from './support/test';
import { audit } from './support/look';

test('Ctrl-K forgives a slip, reads Cyrillic, and leads to all results', async ({ as }) => {
  const page = await as('advocate');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+K');
  const field = page.getByRole('combobox', { name: /^Search/ });
  const list = page.getByRole('listbox', { name: 'Results' });
  const roder = list.getByRole('option', { name: /Anneliese Röder/ });
  await field.pressSequentially('roedr');
  await expect(list.getByRole('option', { name: /similar name/ }).first()).toBeVisible();
  await audit(page, 'palette with a similar name');
  await field.fill('');
  await field.pressSequentially('Родер');
  await expect(roder.first()).toBeVisible();
  await field.press('ArrowDown');
  await field.press('ArrowUp');
  await expect(roder.first()).toHaveAttribute('aria-selected', 'true');
  await field.press('Enter');
  await expect(page).toHaveURL(/\/stakeholders\/.+/);
});

test('the search page keeps words and kinds in its address', async ({ as }) => {
  const page = await as('advocate');
  await page.goto('/search?q=roder');
  const results = page.getByRole('list', { name: 'Results' });
  await expect(results.getByRole('link', { name: 'Anneliese Röder' })).toBeVisible();
  await page.getByRole('group', { name: 'Kinds' }).getByText('Calls').click();
  await expect(page).toHaveURL(/kinds/);
  await expect(page.getByText('Nothing is called “roder”.')).toBeVisible();
  await audit(page, 'search page');
});

test('Ctrl-K finds what was said, and opens it wherever in the timeline it stands', async ({
  as,
}) => {
  const page = await as('board');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+K');
  const field = page.getByRole('combobox', { name: /^Search/ });
  await field.fill('experts in spri');
  await page.getByRole('option', { name: /Visit of the experts in spring/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Clémence Aubrey/);
  const dialog = page.getByRole('dialog', { name: 'Visit of the experts in spring' });
  await expect(dialog.getByText('What they look at')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await audit(page, 'an entry of a timeline');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/entry/);
});

test('the search page finds tasks, and asks for two kinds at once', async ({ as }) => {
  const page = await as('fundraiser');
  await page.goto('/search?q=core support');
  const results = page.getByRole('list', { name: 'Results' });
  const kinds = page.getByRole('group', { name: 'Kinds' });
  await kinds.getByText('Tasks').click();
  await kinds.getByText('Meetings and notes').click();
  await expect(results.getByRole('link', { name: 'Core support after 2027' })).toBeVisible();
  await results.getByRole('link', { name: 'Concept note for core support' }).click();
  await expect(page).toHaveURL(/\/tasks\?task=/);
});
