// `pnpm dev`: both apps with reload, on one origin.
//   http://localhost:PORT      vite serves the pages as they are written, and hands /api (the live socket too) on
//   http://127.0.0.1:PORT+1    the API, started again by Node at each change; PORT's origin is its ORIGIN, so cookies and forms work
// The API runs as ROLE=all because the embedded PostgreSQL belongs to one process, which then runs the jobs as well.
// apps/web/vite.config.ts proxies to API_URL; the pages' own calls go there through handleFetch.
import { join } from 'node:path';
import { root } from './check/tree.mjs';
import { run } from './run.mjs';

const DAY_MS = 24 * 3600 * 1000;
const port = Number(process.env.PORT ?? 3000);
const origin = process.env.ORIGIN ?? `http://localhost:${port}`;
const node = join(root, 'node_modules/.bin/node');

/** @param {string} cwd @param {string[]} args @param {NodeJS.ProcessEnv} env */
const start = (cwd, args, env) =>
  run(node, args, {
    cwd: join(root, cwd),
    env: { ...process.env, ORIGIN: origin, ...env },
    timeoutMs: DAY_MS,
    stream: true,
  });

const api = start('.', ['--watch', '--watch-preserve-output', 'apps/api/src/server.ts'], {
  PORT: `${port + 1}`,
  ROLE: 'all',
  DEMO: process.env.DEMO ?? 'on',
});
const web = start('apps/web', ['node_modules/vite/bin/vite.js', 'dev', '--port', `${port}`, '--strictPort'], {
  API_URL: `http://127.0.0.1:${port + 1}`,
});
console.log(`Palier, with reload: ${origin} (API on port ${port + 1})`);

const { code } = await Promise.race([api, web]);
process.exit(code);
