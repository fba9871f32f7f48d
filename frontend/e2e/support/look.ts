import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test';

const law = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/**
 * Looks at what is on the screen as it stands: no breach of WCAG 2.2 AA and nothing that sticks out at
 * the side, on a desk and on a phone. In the dark only what colour can break is looked at again.
 */
export async function look(page: Page, what: string) {
  await settled(page);
  for (const [name, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await painted(page);
      await audit(page, `${what}, ${name}, ${colorScheme}`, colorScheme === 'dark');
    }
    expect(await overhang(page), `${what}, ${name}: pixels beyond the edge`).toBe(0);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes.desk);
}

/** The same of a dialog or a state in between, without turning everything. */
export async function audit(page: Page, what: string, onlyColours = false) {
  const axe = new AxeBuilder({ page });
  if (onlyColours) axe.withRules(['color-contrast', 'link-in-text-block']);
  else axe.withTags(law);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
  expect(found, what).toEqual([]);
}

/** Waits until nothing is loading any more. */
export async function settled(page: Page) {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.mantine-Skeleton-root:visible')).toHaveCount(0);
}

/** Waits for two frames, after which a change of size or colours has been drawn. */
async function painted(page: Page) {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.querySelector('#main') ?? document.documentElement;
    const page = document.documentElement;
    return Math.max(main.scrollWidth - main.clientWidth, page.scrollWidth - page.clientWidth);
  });
}
