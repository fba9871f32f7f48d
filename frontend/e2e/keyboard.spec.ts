import type { Page } from '@playwright/test';
import { expect, people, test } from './support/test';

/** Presses Tab until the focus is where it should be; a focus that nobody can see is a failure. */
async function tabTo(page: Page, role: string, name: string | RegExp) {
  const wanted = page.getByRole(role as 'link', { name }).and(page.locator(':focus'));
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if ((await wanted.count()) > 0) {
      const ring = await wanted.evaluate((element) => {
        const drawn = (one: Element) => {
          const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(one);
          return {
            outline: outlineStyle !== 'none' && outlineWidth !== '0px',
            boxShadow,
            borderColor,
          };
        };
        const focused = drawn(element);
        (element as HTMLElement).blur();
        const resting = drawn(element);
        (element as HTMLElement).focus();
        return (
          focused.outline ||
          focused.boxShadow !== resting.boxShadow ||
          focused.borderColor !== resting.borderColor
        );
      });
      expect(ring, `the focus on ${String(name)} can be seen`).toBe(true);
      return;
    }
  }
  throw new Error(`Tab does not reach ${role} ${String(name)}`);
}

test('from sign-in to a record by the keyboard alone', async ({ page, allow }) => {
  allow(401, /\/session$/);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await tabTo(page, 'textbox', 'Email address');
  await page.keyboard.type(people.advocate.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(people.advocate.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /Katarzyna$/ })).toBeVisible();

  // the first stop of every page leads past the navigation
  await page.goto('/stakeholders?role=mep');
  await expect(page.getByRole('table', { name: 'Stakeholders' })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await tabTo(page, 'searchbox', 'Name, email or words');
  await page.keyboard.type('e');
  await expect(page).toHaveURL(/q=e/);
  await page.keyboard.press('Backspace');
  await expect(page).not.toHaveURL(/q=e/);
  await tabTo(page, 'link', 'Anneliese Röder');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'Branislav Horváth' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('link', { name: 'Anneliese Röder' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Anneliese Röder' })).toBeVisible();

  await tabTo(page, 'link', 'Edit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Anneliese Röder' })).toBeVisible();
  await tabTo(page, 'textbox', 'Notes');
  await page.keyboard.type('Seen in Strasbourg.');
  await tabTo(page, 'button', 'Save');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Seen in Strasbourg.')).toBeVisible();

  // Ctrl-K and Escape give the focus back
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('combobox', { name: /^Search/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: /^Search/ })).toHaveCount(0);
});
