import { join } from 'node:path';
import type { Contest, Contested } from '../drivers/contest.ts';
import { startDriver } from '../drivers/driver.ts';
import { median } from '../figures/stats.ts';
import { alternate } from '../rounds.ts';
import { openSessions, type Reader, settle } from '../stage/people.ts';
import { fillPosts } from '../stage/posts.ts';
import { processorSeconds, startServer } from '../stage/server.ts';
import { openStore, type Store } from '../stage/store.ts';
import { whenStreamRests } from '../stage/stream.ts';
import { middlingTowns } from '../stage/towns.ts';
import type { Bench } from './bench.ts';

const contenders = 8;
const atOnce = 6;
const racesEach = 120;
const rounds = 5;

type Race = { postId: string; readers: Reader[] };

/** Requests for one helper, each with eight neighbours of its own residence who are not its author. */
const prepareRaces = async (store: Store, people: number, readers: readonly Reader[]): Promise<Race[]> => {
  await fillPosts(store, 1, 4_000, people);
  const { rows } = await store.owner.query<{ id: string; author: string; residence: string }>(
    `select id, author_id as author, residence_id as residence from posts where kind = 'request' limit $1`,
    [racesEach * rounds * 2],
  );
  const homes = Map.groupBy(readers, ({ residenceId }) => residenceId);
  return rows.map(({ id, author, residence }, n) => {
    const able = (homes.get(residence) ?? []).filter((reader) => reader.id !== author);
    return {
      postId: id,
      readers: Array.from({ length: contenders }, (_, k) => able[(n * contenders + k) % able.length] as Reader),
    };
  });
};

/** How many races let in other than one helper and one standby, refused otherwise than with 409 `post.full`, or are stored otherwise. */
const countWrong = async ({ owner }: Store, ended: Contested['races']): Promise<number> => {
  const { rows } = await owner.query<{ id: string; right: boolean }>(
    `select p.id, p.state = 'filled' and p.taken = 1
       and (select array_agg(f.state::text order by f.state) from favours f where f.post_id = p.id) <@ array['accepted', 'standby']
       and (select count(*) from favours f where f.post_id = p.id and f.state = 'accepted') = 1 as right from posts p where p.id = any($1)`,
    [ended.map(({ postId }) => postId)],
  );
  const stored = new Map(rows.map(({ id, right }) => [id, right]));
  return ended.filter(
    ({ postId, states, codes }) =>
      states.toSorted().join() !== 'accepted,standby' ||
      codes.some((code) => code !== '409 post.full') ||
      codes.length !== contenders - 2 ||
      !stored.get(postId),
  ).length;
};

/** P7: eight neighbours say yes to one post at the same instant, beside the bare conditional update. */
export const benchAccept: Bench = async () => {
  const store = await openStore();
  const pool = store.pool();
  try {
    const people = await settle(store, middlingTowns(5), 20);
    const races = await prepareRaces(store, people, await openSessions(store, people));
    const server = await startServer(join(store.dir, 'app'), store);
    const driver = startDriver<Contest, Contested>('drivers/contest.ts');
    try {
      const ended: Contested['races'] = [];
      let won = 0;
      const processorMs: number[] = [];
      const take = (): Race[] => races.splice(0, racesEach);
      const seen = await alternate(rounds, {
        work: async () => {
          const before = processorSeconds(server.pid);
          const result = await driver.ask({
            origin: server.origin,
            atOnce,
            races: take().map(({ postId, readers }) => ({ postId, cookies: readers.map(({ cookie }) => cookie) })),
          });
          ended.push(...result.races);
          processorMs.push(((processorSeconds(server.pid) - before) * 1_000) / (racesEach * contenders));
          await whenStreamRests(store);
          return (racesEach * contenders) / result.seconds;
        },
        limit: async () => {
          const waiting = take().values();
          const start = performance.now();
          const text = `update posts set taken = taken + 1, state = case when taken + 1 = helpers_needed then 'filled'::post_state else state end
            where id = $1 and state = 'open' and taken < helpers_needed returning id`;
          const lane = async (): Promise<void> => {
            for (const { postId, readers } of waiting) {
              const answers = await Promise.all(
                readers.map(() => pool.query({ name: 'bare_accept', text, values: [postId] })),
              );
              won += answers.filter(({ rowCount }) => rowCount === 1).length;
            }
          };
          await Promise.all(Array.from({ length: atOnce }, lane));
          return (racesEach * contenders) / ((performance.now() - start) / 1000);
        },
      });
      return [
        {
          id: 'P7',
          what: `accept, ${contenders} contenders a post, ${atOnce} posts at once`,
          work: `${Math.round(seen.work)} answers/s`,
          limit: `${Math.round(seen.limit)} bare conditional updates/s (${won} of ${racesEach * rounds} won)`,
          seen: seen.work / seen.limit,
          unit: 'of the limit',
          bar: { atLeast: 0.4 },
          note: `${median(processorMs).toFixed(2)} ms of the server's processor an answer`,
        },
        {
          id: 'P7',
          what: 'races that did not end with one helper, one standby and six 409 post.full',
          work: `${ended.length} races`,
          limit: 'none',
          seen: await countWrong(store, ended),
          unit: 'wrong',
          bar: { atMost: 0 },
        },
      ];
    } finally {
      await driver.stop();
      await server.stop();
    }
  } finally {
    await pool.end();
    await store.close();
  }
};
