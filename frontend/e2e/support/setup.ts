import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, howToGetChromium } from './browser';
import { freePort, root, start } from './process';

/** Opens the demonstration for all tests; what it returns closes it. PIPER_E2E_URL names one that is open. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (chromium === null) {
    if (process.env['CI'] === 'true') throw new Error(howToGetChromium);
    console.log(`SKIPPED browser tests: ${howToGetChromium}`);
    return undefined;
  }
  if (process.env['PIPER_E2E_URL']) return undefined;
  if (!existsSync(join(root, 'bin/piper'))) {
    throw new Error('bin/piper is missing: run make build first.');
  }
  const data = await mkdtemp(join(tmpdir(), 'piper-e2e-'));
  const addr = `127.0.0.1:${await freePort()}`;
  const clean = () => rm(data, { recursive: true, force: true });
  try {
    const demo = await start({
      command: 'go',
      args: ['run', './scripts/demo'],
      env: { CGO_ENABLED: '0', PIPER_ADDR: addr, PIPER_DEMO_DATA: data },
      ready: /Piper is open at/,
      patience: 300_000,
    });
    process.env['PIPER_E2E_URL'] = `http://${addr}`;
    return async () => {
      await demo.stop();
      await clean();
    };
  } catch (error) {
    await clean();
    throw error;
  }
}
