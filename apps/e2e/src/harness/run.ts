import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';
import { openPushService } from './push-service.ts';
import { startServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's own origin, limits off. */
    origin: string;
    dataDir: string;
    /** The browser to launch. */
    chromium: string;
    /** A folder of this run's own: `captured`, `failures`. */
    runDir: string;
    /** The push service that the server may push to, besides those of the world. */
    pushHost: string;
  }
}

/** Once a run: a folder, a server with the demo territory, a browser to launch. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const runDir = mkdtempSync(join(tmpdir(), 'palier-e2e-'));
  chmodSync(runDir, 0o711);
  for (const name of ['captured', 'failures', 'browser', 'pushed']) mkdirSync(join(runDir, name));
  const pushes = await openPushService(join(runDir, 'pushed'));
  const [server, chromium] = await Promise.all([
    startServer(join(runDir, 'data'), { PUSH_HOSTS: pushes.host }),
    findChromium(join(runDir, 'browser')),
  ]);
  provide('origin', server.origin);
  provide('dataDir', server.dataDir);
  provide('chromium', chromium);
  provide('runDir', runDir);
  provide('pushHost', pushes.host);
  return async () => {
    await server.stop();
    pushes.close();
    const complaints = server.log().match(/^(WARN|ERROR|FATAL).*$/gm) ?? [];
    if (complaints.length > 0) console.log(`The server said:\n${[...new Set(complaints)].slice(0, 20).join('\n')}`);
    const failures = join(runDir, 'failures');
    if (readdirSync(failures).length === 0) rmSync(runDir, { recursive: true, force: true });
    else {
      appendFileSync(join(failures, 'server.log'), server.log());
      for (const name of ['browser', 'data']) rmSync(join(runDir, name), { recursive: true, force: true });
      console.log(`What failed is in ${failures}`);
    }
  };
};
