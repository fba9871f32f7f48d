import { accessSync, constants } from 'node:fs';

/** Debian's browser, or null where it is not installed. */
export const chromium = findChromium();

export const howToGetChromium =
  'The browser tests need Chromium: apt-get install chromium (Debian package "chromium").';

function findChromium(): string | null {
  for (const path of [process.env['PIPER_CHROMIUM'], '/usr/bin/chromium']) {
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
