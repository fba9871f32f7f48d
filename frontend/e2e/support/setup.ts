import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, howToGetChromium } from './browser';
import { houses } from './houses';
import { freePort, root, start, type Running } from './process';

/** Opens a demonstration for each worker; what it returns closes them. PIPER_E2E_URL names some that are open. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (chromium === null) {
    if (process.env['CI'] === 'true') throw new Error(howToGetChromium);
    console.log(`SKIPPED browser tests: ${howToGetChromium}`);
    process.exit(0); // a test cannot skip itself before its browser was opened
  }
  if (process.env['PIPER_E2E_URL']) return undefined;
  if (!existsSync(join(root, 'bin/piper'))) {
    throw new Error('bin/piper is missing: run make build first.');
  }
  const data = await mkdtemp(join(tmpdir(), 'piper-e2e-'));
  const open: Running[] = [];
  const close = async () => {
    await Promise.all(open.map((one) => one.stop()));
    await rm(data, { recursive: true, force: true });
  };
  try {
    const urls: string[] = [];
    for (let i = 0; i < houses(); i++) {
      const addr = `127.0.0.1:${await freePort()}`;
      open.push(await demonstration(addr, join(data, String(i))));
      urls.push(`http://${addr}`);
    }
    process.env['PIPER_E2E_URL'] = urls.join(' ');
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

const demonstration = (addr: string, data: string): Promise<Running> =>
  start({
    command: 'go',
    args: ['run', './scripts/demo'],
    env: { CGO_ENABLED: '0', PIPER_ADDR: addr, PIPER_DEMO_DATA: data },
    ready: /Piper is open at/,
    patience: 300_000,
  });
