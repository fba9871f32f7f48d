import type { Page } from '@playwright/test';
import { audit, look, settled } from './support/look';
import { expect, test, type Client, type Role } from './support/test';

/** Every list whose rows can be changed many at a time. */
interface Editable {
  role: Role;
  list: string;
  path: string;
  /** Where the API lists the same, in the same order. */
  api: string;
}

const editable: Editable[] = [
  {
    role: 'advocate',
    list: 'Stakeholders',
    path: '/stakeholders?view=all',
    api: '/stakeholders?sort=name',
  },
  {
    role: 'fundraiser',
    list: 'Opportunities',
    path: '/pipeline?as=table&view=all&sort=title',
    api: '/opportunities?sort=title',
  },
  {
    role: 'fundraiser',
    list: 'Agreements',
    path: '/funding/agreements?view=all&sort=title',
    api: '/agreements?sort=title',
  },
  {
    role: 'advocate',
    list: 'Tasks',
    path: '/tasks?whose=all&state=any&sort=title',
    api: '/tasks?sort=title',
  },
];

interface Named {
  items: { name?: string; title?: string }[];
}

const namesOf = async (client: Client, api: string) =>
  (await client.get<Named>(api)).items.map(({ name, title }) => name ?? title ?? '');

for (const { role, list, path, api } of editable) {
  test(`${list}: a box is called after what it selects, at a desk and on a phone`, async ({
    as,
    house,
  }) => {
    const names = (await namesOf(await house.client(role), api)).slice(0, 5);
    const page = await as(role);
    await page.goto(path);
    const boxes = page.getByRole('table', { name: list, exact: true }).getByRole('checkbox');
    for (const name of names) {
      await expect(
        boxes.and(page.getByLabel(`Select ${name}`, { exact: true })).first(),
      ).toBeVisible();
    }
    await expect(page.getByLabel(/^Select row/)).toHaveCount(0);

    await page.setViewportSize({ width: 390, height: 844 });
    const rows = page.getByRole('list', { name: list, exact: true }).locator('li[data-index]');
    await expect(rows.first()).toBeVisible();
    await expect(rows.getByLabel(/^Select /)).toHaveCount(0);
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    for (const [at, name] of names.entries()) {
      await expect(rows.nth(at).getByRole('checkbox')).toHaveAccessibleName(`Select ${name}`);
    }
    // Wherever the row is tapped it is selected, and nothing of it is opened.
    const before = page.url();
    const bar = page.getByRole('region', { name: 'Selection' });
    await rows.nth(1).getByRole('link').first().click({ force: true });
    await rows.nth(2).click({ position: { x: 370, y: 30 } });
    await expect(bar).toContainText('2 selected');
    expect(page.url()).toBe(before);
    expect(await tooSmall(page, '[data-selection], [data-selecting]')).toEqual([]);
    await lastRowIsFree(page);
    await look(page, `${list} being selected`);
    await page.setViewportSize({ width: 390, height: 844 });
    await bar.getByRole('button', { name: 'Cancel' }).click();
    await expect(rows.getByLabel(/^Select /)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Select', exact: true })).toBeFocused();
  });
}

test('stakeholders are changed many at once on a phone, after a preview, and put back', async ({
  as,
}) => {
  test.slow();
  const page = await as('advocate');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/stakeholders?role=mep&view=all');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar.getByRole('button', { name: 'Change…' })).toBeDisabled();
  await page.getByLabel('Select Anneliese Röder').check();
  await page.getByLabel('Select Branislav Horváth').check();
  await bar.getByRole('button', { name: 'Change…' }).click();

  const dialog = page.getByRole('dialog', { name: 'Change 2 records' });
  await dialog.getByLabel('What to do').selectOption('Add tag');
  await dialog.getByLabel('Value of Tag').fill('roundtable 2027');
  await dialog.getByRole('button', { name: 'And another change' }).click();
  await audit(page, 'choosing changes on a phone');
  expect(await tooSmall(page, '[role=dialog]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove change 2' }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('table', { name: 'Records' })).toContainText('roundtable 2027');
  await audit(page, 'preview of changes on a phone');
  expect(await tooSmall(page, '[role=dialog]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Change 2 records' }).click();
  await expect(page.getByText('2 records changed.')).toBeVisible();
  await expect(bar).not.toContainText('selected');
  expect(await tooSmall(page, '.mantine-Notification-root')).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('2 records as before.')).toBeVisible();

  await page.getByRole('link', { name: 'Bulk edits' }).click();
  const history = page.getByRole('table', { name: 'Bulk edits' }).locator('tbody tr');
  await expect(history.first()).toContainText('2 records');
  await expect(history.first()).toContainText('Undone');
  // An edit that can be taken back, which the demonstration made.
  await expect(history.getByRole('button', { name: /^Undo/ }).first()).toBeVisible();
  expect(await tooSmall(page, '[aria-label="Bulk edits"]')).toEqual([]);
});

/** What can be pressed in a part of the page and is smaller than a thumb. */
async function tooSmall(page: Page, within: string): Promise<string[]> {
  await settled(page);
  return page.locator(within).evaluateAll((parts) =>
    parts
      .flatMap((part) => [...part.querySelectorAll('button, select, input')])
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .flatMap((one) => {
        // A box is pressed by its label, wherever that is.
        const label = one instanceof HTMLInputElement ? one.labels?.[0] : undefined;
        const { width, height } = (label ?? one).getBoundingClientRect();
        const name = one.getAttribute('aria-label') ?? one.textContent;
        return width < 44 || height < 44 ? [`${name}: ${width} × ${height}`] : [];
      }),
  );
}

/** At the end of the list its last row is in sight and can be pressed, whatever stays in place while the page scrolls. */
async function lastRowIsFree(page: Page) {
  const free = await page.evaluate(() => {
    const main = document.querySelector('#main');
    const row = [...document.querySelectorAll('li[data-selecting]')].at(-1);
    if (!main || !row) return 'no row';
    main.scrollTop = main.scrollHeight;
    const { left, right, top, bottom } = row.getBoundingClientRect();
    const hit = [top + 2, (top + bottom) / 2, bottom - 2].map((y) =>
      row.contains(document.elementFromPoint((left + right) / 2, y)),
    );
    main.scrollTop = 0;
    return hit.every(Boolean) ? 'free' : `covered: ${hit.join()}`;
  });
  expect(free).toBe('free');
}
