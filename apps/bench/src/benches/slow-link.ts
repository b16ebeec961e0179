import { chromium } from 'playwright-core';
import type { Figure } from '../figures/figure.ts';
import { median } from '../figures/stats.ts';

const runs = 3;
const bytesPerSecond = 400_000 / 8;
const slowness = 4;

/** First text of a page on a poor line: 400 kbit/s with 150 ms of delay, a processor four times slower, nothing kept from before. */
export const benchSlowLink = async (port: number, url: string, cookie: string): Promise<Figure> => {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const took: number[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      const context = await browser.newContext({ viewport: { width: 375, height: 760 } });
      const [name = '', value = ''] = cookie.split('=');
      await context.addCookies([{ name, value, url }]);
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 150,
        downloadThroughput: bytesPerSecond,
        uploadThroughput: bytesPerSecond,
      });
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
      await page.goto(url, { waitUntil: 'load', timeout: 60_000 });
      took.push(
        await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
      );
      await context.close();
    }
  } finally {
    await browser.close();
  }
  const seconds = median(took) / 1_000;
  return {
    id: 'pages',
    what: 'feed, first text at 400 kbit/s, 150 ms of delay, processor 4 × slower',
    work: `median of ${runs} runs`,
    limit: 'none',
    seen: seconds,
    unit: 's',
    bar: { atMost: 2.5 },
  };
};
