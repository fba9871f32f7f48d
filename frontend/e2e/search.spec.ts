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
