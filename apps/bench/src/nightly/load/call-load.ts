import { quantile } from '../../figures/stats.ts';
import { drive } from '../../rounds.ts';
import { any } from '../../stage/callers.ts';
import { atMost, mustBeNone } from '../finding.ts';
import { call } from '../rig/call.ts';
import { checkHistory } from '../rig/check-history.ts';
import { openCrowd } from '../rig/crowd.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { startNode } from '../rig/node.ts';
import type { Load } from '../scenario.ts';

/** L2: three hundred posts a second for a minute over fifty connections, the full path. */
export const postLoad: Load = async ({ scale }) => {
  const perSecond = 300 * scale;
  const crowd = await openCrowd({ readers: 0, authors: 400, residences: 100 });
  const node = await startNode(crowd.dataDir, crowd.store);
  const history = new History();
  try {
    const until = performance.now() + Math.max(10_000, 60_000 * scale);
    await writeSteadily(history, {
      origins: [node.origin],
      authors: crowd.authors,
      perSecond,
      isOver: () => performance.now() > until,
      tries: 1,
    });
    const tookMs = history.operations.map(({ tries }) => tries[0]?.tookMs ?? Number.NaN);
    return [
      ...(await checkHistory('L2', crowd.store.appUrl, history, [])).findings,
      mustBeNone(
        'L2',
        `answers that were not 2xx, of ${history.operations.length} at ${perSecond}/s`,
        history.operations.filter(({ outcome }) => outcome !== 'ok').length,
      ),
      atMost('L2', 'p95', quantile(tookMs, 0.95), 'ms', 150),
      atMost('L2', 'p99', quantile(tookMs, 0.99), 'ms', 400),
    ];
  } finally {
    await node.stop();
    await crowd.store.close();
  }
};

/** L3: of a thousand people, 70 % read the feed, 15 % a post, 10 % ask, 5 % accept. */
export const mixedLoad: Load = async ({ scale }) => {
  const crowd = await openCrowd({ readers: 0, authors: Math.round(1_000 * scale) + 50, residences: 100 });
  const node = await startNode(crowd.dataDir, crowd.store);
  const history = new History();
  const listMs: number[] = [];
  let failed = 0;
  const note = (status: number | null): void => {
    if (status === null || status >= 500) failed += 1;
  };
  try {
    for (const author of crowd.authors.slice(0, 100)) await history.ask(node.origin, author);
    const one = async (): Promise<void> => {
      const person = any(crowd.authors);
      const chance = Math.random();
      const post = any(history.operations.filter(({ postId }) => postId !== null).slice(-200));
      if (chance < 0.7) {
        const { status, tookMs } = await call(node.origin, '/api/posts', { cookie: person.cookie });
        listMs.push(tookMs);
        note(status);
      } else if (chance < 0.85)
        note((await call(node.origin, `/api/posts/${post.postId}`, { cookie: post.author.cookie })).status);
      else if (chance < 0.95) await history.ask(node.origin, person);
      else await history.race(node.origin, post, crowd.helpersOf(post.author).slice(0, 2));
    };
    const { perSecond } = await drive(32, Math.max(10_000, 60_000 * scale), one);
    return [
      ...(await checkHistory('L3', crowd.store.appUrl, history, [])).findings,
      mustBeNone('L3', 'answers 5xx or none', failed),
      atMost('L3', `lists, p95 of ${listMs.length}`, quantile(listMs, 0.95), 'ms', 100),
      { id: 'L3', what: 'calls a second', seen: perSecond, unit: '/s', bar: { atLeast: 500 } },
    ];
  } finally {
    await node.stop();
    await crowd.store.close();
  }
};
