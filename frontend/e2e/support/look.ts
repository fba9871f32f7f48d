import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './test';

const law = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const colours = ['color-contrast', 'link-in-text-block'];
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
      await audit(page, `${what}, ${name}, ${colorScheme}`, colorScheme === 'dark');
    }
    expect(await overhang(page), `${what}, ${name}: pixels beyond the edge`).toBe(0);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes.desk);
}

/**
 * The same of a dialog or a state in between, without turning everything. axe is called in the page itself: its builder for
 * Playwright opens a second page at each call, which takes six times as long. What stands in a frame, as a mail does, is
 * somebody else's and is not looked at.
 */
export async function audit(page: Page, what: string, onlyColours = false) {
  await painted(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    async (runOnly) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run({
        runOnly,
        resultTypes: ['violations'],
        iframes: false,
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
      );
    },
    onlyColours ? colours : law,
  );
  expect(found, what).toEqual([]);
}

/** Waits until nothing is loading any more. */
export async function settled(page: Page) {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.mantine-Skeleton-root:visible')).toHaveCount(0);
}

/** Waits for two frames, after which a change of size or colours has been drawn, and ends what fades from one to the other. */
async function painted(page: Page) {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const fading of document.getAnimations()) {
      if (Number.isFinite(Number(fading.effect?.getComputedTiming().endTime))) fading.finish();
    }
  });
}

async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.querySelector('#main') ?? document.documentElement;
    const page = document.documentElement;
    return Math.max(main.scrollWidth - main.clientWidth, page.scrollWidth - page.clientWidth);
  });
}
