import { buildReleases } from '@palier/api/insights';
import { buildInProcess } from '../stage/in-process.ts';
import { settle } from '../stage/people.ts';
import { openStore, type Store } from '../stage/store.ts';
import { listTowns, residencesOf } from '../stage/towns.ts';
import type { Bench } from './bench.ts';

const peopleEach = 12;
/** The month that is released: a day before its end, when its weeks are, and once it is over everywhere, overseas too. */
const month = { from: '2026-10-01T00:00:00+02:00', opened: '2026-10-01T06:00:00+02:00' } as const;
const dayBefore = new Date('2026-10-31T12:00:00+01:00');
const over = new Date('2026-11-01T13:00:00+01:00');

/** A month of a region: everyone asks or offers once, somebody of the commune says yes to two in three, and most of it is done. */
const liveAMonth = async ({ owner }: Store): Promise<void> => {
  await owner.query('update residences set created_at = $1', [month.opened]);
  await owner.query('update residents set joined_at = $1', [month.opened]);
  await owner.query(
    `insert into posts (id, author_id, residence_id, commune, cell, kind, category, title, audience, state, taken, created_at, updated_at, expires_at)
     select uuidv7(), p.id, p.residence_id, p.commune, p.cell, (case when p.n % 4 = 0 then 'offer' else 'request' end)::post_kind,
       (array['errands','repair','transport','digital','paperwork','pets','garden','other'])[1 + p.n % 8]::category, 'Un coup de main', 'commune', 'done', 1, at, at, at + interval '1 day'
     from bench_people p, lateral (select $1::timestamptz + make_interval(hours => abs(hashint8(p.n)) % 700) as at) t`,
    [month.from],
  );
  await owner.query(
    'create temp table beside as select n, id, lead(id) over (partition by commune order by n) as next from bench_people',
  );
  await owner.query(
    `insert into favours (id, post_id, commune, author_id, accepted_by, helper_id, beneficiary_id, state, minutes, created_at, updated_at, ended_at)
     select uuidv7(), q.id, q.commune, q.author_id, b.next, b.next, q.author_id, 'done', 30, q.created_at + interval '2 hours', q.created_at + interval '5 hours', q.created_at + interval '5 hours'
     from posts q join beside b on b.id = q.author_id where b.next is not null and b.n % 3 <> 0 and q.kind = 'request'`,
  );
  await owner.query('vacuum analyze residents');
  await owner.query('vacuum analyze posts');
  await owner.query('vacuum analyze favours');
};

/** The rows that a month's releases are made of, read once, plainly: people, posts and favours. Resolves with how many. */
const readOnce = async (pool: ReturnType<Store['pool']>): Promise<number> => {
  const { rowCount: people } = await pool.query(
    'select r.id, r.residence_id, r.joined_at, r.left_at, h.commune, h.cell from residents r join residences h on h.id = r.residence_id',
  );
  const { rowCount: posts } = await pool.query(
    'select id, commune, cell, kind, category, author_id, state, created_at from posts where created_at >= $1',
    [month.from],
  );
  const { rowCount: favours } = await pool.query(
    'select post_id, commune, helper_id, beneficiary_id, state, minutes, created_at, updated_at, ended_at from favours where created_at >= $1',
    [month.from],
  );
  return (people ?? 0) + (posts ?? 0) + (favours ?? 0);
};

/** P11: one month's release for 1,400 communes in one run, its weeks built before, beside reading the month's rows once. */
export const benchInsights: Bench = async ({ say }) => {
  const store = await openStore();
  const pool = store.pool();
  try {
    const towns = listTowns();
    const people = await settle(store, towns.flatMap(residencesOf), peopleEach);
    await liveAMonth(store);
    say(`${people.toLocaleString('en-GB')} people of ${towns.length.toLocaleString('en-GB')} communes lived a month`);
    const app = await buildInProcess(pool, store.dir);
    const build = (now: Date, heard?: (line: string) => void) =>
      buildReleases({ ...app.deps, actor: null, now, ip: '', locale: 'fr', tx: null }, heard ? { say: heard } : {});
    const weeks = await build(dayBefore);
    const reads: number[] = [];
    let rows = 0;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      rows = await readOnce(pool);
      reads.push(performance.now() - start);
    }
    const readMs = reads.toSorted((a, b) => a - b)[1] ?? 0;
    const start = performance.now();
    const built = await build(over, say);
    const buildMs = performance.now() - start;
    await app.close();
    if (built < towns.length) throw new Error(`${built} releases were built for ${towns.length} communes`);
    const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
    return [
      {
        id: 'P11',
        what: `${built.toLocaleString('en-GB')} releases: October for ${towns.length.toLocaleString('en-GB')} communes in one run (${weeks.toLocaleString('en-GB')} weeks before)`,
        work: `${(buildMs / 1_000).toFixed(1)} s, ${mebibytes} MiB at most`,
        limit: `${(readMs / 1_000).toFixed(2)} s, reading the month's ${rows.toLocaleString('en-GB')} rows once`,
        seen: buildMs / readMs,
        unit: '× the limit',
        bar: { atMost: 4 },
      },
    ];
  } finally {
    await pool.end();
    await store.close();
  }
};
