import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { look } from './support/look';
import { freePort, start, type Running } from './support/process';
import { expect, test } from './support/test';

/** An empty Piper of its own: from the link that it prints to a house with nothing in it yet. */
test.describe('the first start', () => {
  let piper: Running;
  let data: string;
  let url: string;

  test.beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'piper-first-'));
    const addr = `127.0.0.1:${await freePort()}`;
    url = `http://${addr}`;
    piper = await start({
      command: 'bin/piper',
      args: ['serve'],
      env: { PIPER_DATA: data, PIPER_ADDR: addr, PIPER_STORE: 'sqlite', PIPER_DEMO: '' },
      ready: /setup\?token=\S+\s/,
      patience: 60_000,
    });
  });
  test.afterAll(async () => {
    await piper.stop();
    await rm(data, { recursive: true, force: true });
  });

  test('the link makes the first administrator, and empty pages say what to do', async ({
    browser,
  }) => {
    test.setTimeout(600_000); // it looks at ten pages
    const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));

    await page.goto('/');
    await expect(page.getByText(/has no account yet/)).toBeVisible();
    await page.goto('/setup');
    await expect(page.getByText(/opens with the link/)).toBeVisible();

    const token = /setup\?token=(\S+)/.exec(piper.output())?.[1] ?? '';
    await page.goto(`/setup?token=${token}`);
    await expect(page.getByRole('heading', { name: 'Set up Piper' })).toBeVisible();
    await look(page, 'set-up');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada Moreau');
    await page.getByRole('textbox', { name: 'Email address' }).fill('ada@new.example.org');
    await page.getByRole('textbox', { name: 'Password' }).fill('short');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await expect(page.locator('[id$="-error"]')).toBeVisible();
    await page.getByRole('textbox', { name: 'Password' }).fill('a lamp on every landing');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^Good .*Ada$/ })).toBeVisible();

    const empty = [
      ['/', /Nothing new\. Calls show here/],
      ['/stakeholders', /No stakeholders? yet|Nobody here yet/],
      ['/calls', /No calls yet\./],
      ['/funding', /No income is recorded for/],
      ['/funding/income', /No income yet\./],
      ['/mail', /No mail yet\./],
      ['/settings/mailboxes', /No mailbox yet\./],
      ['/settings/sources', /No source yet\./],
    ] as const;
    for (const [path, words] of empty) {
      await page.goto(path);
      await expect(page.getByText(words).first(), path).toBeVisible();
      await look(page, `empty ${path}`);
    }

    // the link worked once
    await context.clearCookies();
    await page.goto(`/setup?token=${token}`);
    await page.getByRole('textbox', { name: 'Your name' }).fill('Somebody Else');
    await page.getByRole('textbox', { name: 'Email address' }).fill('else@new.example.org');
    await page.getByRole('textbox', { name: 'Password' }).fill('a lamp on every landing');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    expect(troubles).toEqual([]);
    await context.close();
  });
});
