import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { audit } from './support/look';
import { expect, test } from './support/test';

test('a fundraiser makes a board pack, and the board reads it', async ({ as, house }) => {
  const page = await as('fundraiser');
  await page.goto('/funding/board');
  await page.getByRole('button', { name: 'New pack' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New board pack' });
  const title = `Pack of a test ${Date.now()}`;
  await dialog.getByLabel('Title').fill(title);
  await dialog
    .getByLabel('Notes by the secretariat')
    .fill('Łódź and Île-de-France asked, Шевченко answered.');
  await audit(page, 'new board pack');
  await dialog.getByRole('button', { name: 'Make the pack' }).click();
  await expect(dialog).toBeHidden();

  const row = page.getByRole('row', { name: new RegExp(title) });
  const link = row.getByRole('link', { name: `Download ${title} as PDF` });
  await expect(link).toBeVisible({ timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const path = await download.path();
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  const text = read(path);
  if (text !== null) {
    expect(text.split('\f').length - 1).toBeGreaterThan(3);
    for (const words of [
      title,
      'Lanterna Europe',
      'Łódź',
      'Île-de-France',
      'Шевченко',
      'At a glance',
      'What the figures mean',
    ]) {
      expect(text).toContain(words);
    }
  }

  await row.getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Changes since the last pack' })).toBeVisible();
  const chart = page.getByRole('group', { name: /^Share of income by donor and year/ });
  await chart.getByRole('img').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(chart.locator(':focus')).toHaveAccessibleName(/%/);
  await expect(chart.getByRole('link')).toHaveCount(0); // the books of today are not what was shown
  await expect(page.getByText('Île-de-France asked')).toBeVisible();

  // What is made has no way to be changed, and only administrators remove it.
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const client = await house.client('fundraiser');
  await expect(client.send('PUT', `/board/packs/${id}`, { title: 'x' })).rejects.toThrow('405');
  await expect(client.send('DELETE', `/board/packs/${id}`, undefined, 1)).rejects.toThrow('403');
  const board = await house.client('board');
  expect(await board.status(`/board/packs/${id}/pack.pdf`)).toBe(200);
  await expect(board.send('POST', '/board/packs', { title: 'Mine' })).rejects.toThrow('403');
  expect(await (await house.client('advocate')).status('/board/packs')).toBe(403);
});

test('home leads the board to the latest pack', async ({ as }) => {
  const page = await as('board');
  await page.goto('/');
  await page.getByText('Latest board pack:').getByRole('link').first().click();
  await expect(page.getByRole('link', { name: /^Download .* as PDF$/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Figures', exact: true })).toContainText('HHI');
  await expect(page.getByRole('button', { name: 'Remove' })).toHaveCount(0);
});

test('a link shows one chart to a stranger until it is revoked', async ({ as, browser, house }) => {
  const page = await as('fundraiser');
  await page.goto('/funding/embeds');
  await page.getByRole('button', { name: 'New link' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New link to a chart' });
  const name = `Page of a test ${Date.now()}`;
  await dialog.getByLabel('Where is it going to be used?').fill(name);
  await dialog.getByLabel('Chart').selectOption('earmarking');
  await audit(page, 'new link to a chart');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const address = await dialog.getByText(/^http/).innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const stranger = await browser.newContext();
  const picture = await stranger.request.get(address);
  expect(picture.status()).toBe(200);
  const svg = await picture.text();
  expect(svg).toContain('Earmarked and unearmarked income');
  expect(svg).toMatch(/cash basis .* as of \d+ \w+ \d{4}/);
  expect(picture.headers()['set-cookie']).toBeUndefined();
  expect(picture.headers()['content-security-policy']).toContain("default-src 'none'");
  const png = await stranger.request.get(address.replace(/svg$/, 'png'));
  expect(png.headers()['content-type']).toBe('image/png');

  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('revoked');
  const answers = [];
  for (const wrong of [
    address,
    address.replace(/.\.svg$/, 'x.svg'),
    `${house.url}/embeds/none.svg`,
  ]) {
    const answer = await stranger.request.get(wrong);
    answers.push([answer.status(), await answer.text()]);
  }
  expect(answers[0]?.[0]).toBe(404);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  await stranger.close();
});

/** The text of a document; null on a machine of one's own without the tool for it, noted at the test. */
function read(path: string): string | null {
  try {
    return execFileSync('pdftotext', ['-layout', path, '-']).toString();
  } catch (error) {
    if (process.env['CI']) throw error;
    test.info().annotations.push({
      type: 'not looked at',
      description: 'The text of the PDF: pdftotext (poppler-utils) is missing or failed.',
    });
    return null;
  }
}
