import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { demoPassword } from '@palier/demo';
import lighthouse, { type Flags } from 'lighthouse';
import type { Figure } from '../figures/figure.ts';
import { median } from '../figures/stats.ts';
import { browserFlags, findBrowser } from '../stage/browser.ts';
import { startServer, stopChild } from '../stage/server.ts';
import { newFolder } from '../stage/store.ts';
import type { Bench } from './bench.ts';
import { benchSlowLink } from './slow-link.ts';

const runs = 3;
const bars = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
type Aspect = keyof typeof bars;
type Faults = Record<Aspect, Set<string>>;
type Page = { name: string; path: string; isPublic: boolean };

/** Starts Chromium and answers the port of its own protocol. */
const startBrowser = async (profile: string): Promise<{ port: number; child: ChildProcess }> => {
  const child = spawn(await findBrowser(), [...browserFlags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await new Promise<number>((ready, failed) => {
    createInterface(child.stderr).on('line', (line) => {
      const found = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (found) ready(Number(found));
    });
    child.once('exit', (code) => failed(new Error(`the browser ended with ${code}`)));
    child.once('error', failed);
  });
  return { port, child };
};

const signIn = async (origin: string): Promise<string> => {
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'resident-001@demo.palier.test', password: demoPassword }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`signing in answered ${answer.status}`);
  return cookie;
};

const firstPost = async (origin: string, cookie: string): Promise<string> => {
  const answer = (await (await fetch(`${origin}/api/posts?limit=1`, { headers: { cookie } })).json()) as {
    items: { id: string }[];
  };
  return answer.items[0]?.id ?? '';
};

/** Lighthouse as a phone, its usual throttling simulated: the median of three runs for the performance, and what it had against the page. */
const examine = async (
  url: string,
  port: number,
  cookie: string | null,
): Promise<{ scores: Record<Aspect, number>; faults: Faults }> => {
  const seen: Record<Aspect, number[]> = { performance: [], accessibility: [], 'best-practices': [], seo: [] };
  const faults: Faults = {
    performance: new Set(),
    accessibility: new Set(),
    'best-practices': new Set(),
    seo: new Set(),
  };
  for (let run = 0; run < runs; run++) {
    const aspects = run === 0 ? (Object.keys(bars) as Aspect[]) : (['performance'] as const); // the others do not vary
    const options: Flags = { port, output: 'json', logLevel: 'error', onlyCategories: [...aspects] };
    const result = await lighthouse(url, { ...options, ...(cookie && { extraHeaders: { Cookie: cookie } }) });
    if (!result) throw new Error(`no result for ${url}`);
    const { categories, audits } = result.lhr;
    for (const aspect of aspects) {
      seen[aspect].push(Math.round((categories[aspect]?.score ?? 0) * 100));
      for (const { id, weight } of categories[aspect]?.auditRefs ?? []) {
        const score = audits[id]?.score ?? 1;
        if (weight > 0 && score < 0.9) faults[aspect].add(id);
      }
    }
  }
  const scores = Object.fromEntries(Object.entries(seen).map(([aspect, list]) => [aspect, median(list)])) as Record<
    Aspect,
    number
  >;
  return { scores, faults };
};

/** quality.md 2: Lighthouse on the built pages of the demo, as a phone; what search engines see only where they may look. */
export const benchPages: Bench = async ({ say }) => {
  const { dir, remove } = newFolder();
  const server = await startServer(join(dir, 'data'), null, { DEMO: 'on' });
  try {
    const browser = await startBrowser(join(dir, 'profile'));
    try {
      const cookie = await signIn(server.origin);
      const pages: Page[] = [
        { name: 'landing', path: '/', isPublic: true },
        { name: 'feed', path: '/autour', isPublic: false },
        { name: 'asking', path: '/demander', isPublic: false },
        { name: 'a post', path: `/annonces/${await firstPost(server.origin, cookie)}`, isPublic: false },
      ];
      const figures: Figure[] = [];
      for (const { name, path, isPublic } of pages) {
        say(path);
        const { scores, faults } = await examine(server.origin + path, browser.port, isPublic ? null : cookie);
        const judged = (Object.keys(bars) as Aspect[]).filter((aspect) => aspect !== 'seo' || isPublic);
        for (const aspect of judged)
          figures.push({
            id: 'pages',
            what: `${name}, ${aspect}`,
            work: `median of ${runs} runs`,
            limit: '100',
            seen: scores[aspect],
            unit: 'points',
            bar: { atLeast: bars[aspect] },
            ...(scores[aspect] < bars[aspect] && { note: [...faults[aspect]].join(', ') }),
          });
      }
      say('the feed on a poor line');
      figures.push(await benchSlowLink(browser.port, `${server.origin}/autour`, cookie));
      return figures;
    } finally {
      await stopChild(browser.child);
    }
  } finally {
    await server.stop();
    remove();
  }
};
