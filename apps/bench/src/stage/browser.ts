import { existsSync } from 'node:fs';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser to run: the machine's own Chromium, else the one of the npm registry. */
export const findBrowser = async (): Promise<string> => {
  const own = installed.find((path) => existsSync(path));
  if (own) return own;
  const { default: bundled } = await import('@sparticuz/chromium');
  bundled.setGraphicsMode = false;
  return bundled.executablePath();
};

/** As root Chromium has no sandbox of its own to enter; the pages are ours. */
export const browserFlags = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--remote-debugging-port=0',
];
