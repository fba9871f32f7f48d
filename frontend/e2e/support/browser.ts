import { accessSync, constants } from 'node:fs';

/**
 * Debian's browser, or null where it is not installed. The one without windows does the same in two thirds of the time.
 */
export const chromium = findChromium();

export const howToGetChromium =
  'The browser tests need Chromium: apt-get install chromium-headless-shell (or chromium).';

function findChromium(): string | null {
  const known = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
  for (const path of [process.env['PIPER_CHROMIUM'], ...known]) {
    if (!path) continue;
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // the next one may be there
    }
  }
  return null;
}
