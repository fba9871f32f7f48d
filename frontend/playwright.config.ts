import { defineConfig } from '@playwright/test';
import { chromium } from './e2e/support/browser';
import { houses } from './e2e/support/houses';

/** Browser tests against a real Piper: the demonstration, which global setup opens on free ports. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './node_modules/.cache/e2e',
  globalSetup: './e2e/support/setup.ts',
  // A house for each worker, so that what one file does never stands in the way of another that runs beside it.
  workers: houses(),
  retries: process.env['CI'] === 'true' ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  forbidOnly: process.env['CI'] === 'true',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Brussels',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 40_000,
    // A trace costs about as much as the test, and nobody opens one of a CI run.
    trace: process.env['CI'] === 'true' ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
